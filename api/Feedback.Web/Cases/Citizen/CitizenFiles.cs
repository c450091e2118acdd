using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Web.Cases.Citizen;

/// <summary>A file that a citizen sends along, checked.</summary>
/// <param name="Type">Its media type, as its bytes show it.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record CitizenFile(string Type, byte[] Bytes);

/// <summary>Reads the photos and papers that come with a form, and attaches them.</summary>
internal static class CitizenFiles
{
    /// <summary>How many may come.</summary>
    public const int Most = 3;

    /// <summary>The largest one, in megabytes of 1,048,576 bytes.</summary>
    public const int LargestMegabytes = 5;

    private const int Largest = LargestMegabytes * 1024 * 1024;

    // What the bytes of each type begin with; of WebP the bytes from the ninth on.
    private static readonly (string Type, int At, byte[] Mark)[] Types =
    [
        ("image/jpeg", 0, [0xFF, 0xD8, 0xFF]),
        ("image/png", 0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/webp", 8, "WEBP"u8.ToArray()),
        ("application/pdf", 0, "%PDF-"u8.ToArray()),
    ];

    /// <summary>The files of a form, or the name of the word of what is wrong with them.</summary>
    public static async Task<(IReadOnlyList<CitizenFile> Files, string? Error)> ReadAsync(IFormCollection form)
    {
        // A browser sends an empty file where none was chosen.
        var sent = form.Files.Where(file => file.Length > 0).ToList();
        if (sent.Count > Most)
            return ([], "file-files-many");
        var files = new List<CitizenFile>();
        foreach (var one in sent)
        {
            if (one.Length > Largest)
                return ([], "file-files-large");
            using var copy = new MemoryStream((int)one.Length);
            await one.CopyToAsync(copy);
            var bytes = copy.ToArray();
            if (TypeOf(bytes) is not { } type)
                return ([], "file-files-type");
            files.Add(new CitizenFile(type, bytes));
        }

        return (files, null);
    }

    /// <summary>Attaches files to a case, each once however often they are sent.</summary>
    /// <returns>Whether all are kept.</returns>
    public static async Task<bool> AttachAsync(CaseCalls calls, CaseId id, string draw, IReadOnlyList<CitizenFile> files)
    {
        var all = true;
        foreach (var (index, file) in files.Index())
        {
            var answer = await calls.PerformAsync(id, new CaseRequest(new AttachFile(default, file.Type, file.Bytes.Length, default), CaseActor.Citizen)
            {
                Id = $"{draw}-{index}",
                File = file.Bytes,
            });
            all &= answer.Refusal is null;
        }

        return all;
    }

    private static string? TypeOf(byte[] bytes) =>
        Types.FirstOrDefault(type => bytes.Length >= type.At + type.Mark.Length && bytes.AsSpan(type.At, type.Mark.Length).SequenceEqual(type.Mark)).Type;
}
