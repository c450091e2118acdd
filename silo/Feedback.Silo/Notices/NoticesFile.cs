using System.Text.Json;
using System.Text.Json.Serialization;

namespace Feedback.Silo.Notices;

/// <summary>The file that says who is told about cases: as it is written, before anything of it is checked.</summary>
internal sealed record NoticesFile
{
    private static readonly JsonSerializerOptions Members = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Mails; null for none.</summary>
    public MailMembers? Mail { get; init; }

    /// <summary>Systems that are told what happens to cases.</summary>
    public IReadOnlyList<HookMembers> Hooks { get; init; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no such file; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NoticesFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<NoticesFile>(File.ReadAllBytes(path), Members) ?? throw new FormatException($"{path}: an object is expected.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{path}, line {e.LineNumber + 1}: {e.Path ?? "$"} is not as it should be.");
        }
    }
}

/// <summary>How mails are sent.</summary>
internal sealed record MailMembers
{
    /// <summary>The mail server as <c>host:port</c>; null where mails are written into a directory.</summary>
    public string? Smtp { get; init; }

    /// <summary>A directory into which mails are written instead, one file each.</summary>
    public string? Directory { get; init; }

    /// <summary>The name to sign in with; null for none.</summary>
    public string? User { get; init; }

    /// <summary>A file with the password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Who sends: an address, or a name with an address in angle brackets.</summary>
    public string? From { get; init; }

    /// <summary>Whether citizens get mails, too.</summary>
    public bool Citizens { get; init; }

    /// <summary>The addresses of accounts by their names.</summary>
    public IReadOnlyDictionary<string, string> Recipients { get; init; } = new Dictionary<string, string>();
}

/// <summary>A system that is told what happens to cases.</summary>
internal sealed record HookMembers
{
    /// <summary>What it is called here.</summary>
    public string? Name { get; init; }

    /// <summary>Where it listens.</summary>
    public string? Url { get; init; }

    /// <summary>A file with the keys of the signature, one a line.</summary>
    public string? SecretFile { get; init; }

    /// <summary>What it wants to hear; everything when left out.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>At or below which node; null for the whole bureau.</summary>
    public string? Node { get; init; }

    /// <summary>Whether it may be in the bureau's own network or on this machine.</summary>
    public bool AllowPrivate { get; init; }
}
