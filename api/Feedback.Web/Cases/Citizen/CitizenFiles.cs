using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Web.Cases.Citizen;

/// <summary>A file that a citizen sends along, checked.</summary>
/// <param name="Type">Its media type, as its content shows it.</param>
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

    // Photos and papers; recordings come by the API.
    private static readonly string[] Taken = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

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
            if (CaseFileTypes.TypeOf(bytes) is not { } type || !Taken.Contains(type))
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
}
