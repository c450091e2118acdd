using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Feedback.Api.Addresses;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Platform;
using Feedback.Domain.Time;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Platform;

/// <summary>Reads the file that says what is reported to a higher platform, and checks all of it. Files that it names are looked for beside it.</summary>
internal static class PlatformChoices
{
    private const int MostEvents = 1000;
    private const int LongestToken = 4096;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string[] Origins = [.. Enum.GetValues<Origin>().Select(one => one.Word())];
    private static readonly string[] Personal = [SourceFields.Comment, SourceFields.MatterNumber];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="culture">The language of what is told.</param>
    /// <exception cref="UsageException">Something in it will not do; the message names it and how to mend it.</exception>
    public static PlatformSettings Read(string path, CultureInfo culture)
    {
        try
        {
            return Read(path);
        }
        catch (PlatformFileException e)
        {
            throw new UsageException($"{path}: {e.Tell(culture)}");
        }
    }

    private static PlatformSettings Read(string path)
    {
        using var document = Parse(path);
        var (file, beside) = (
            new FileMembers(document.RootElement, "", "address", "allowPrivate", "tokenFile", "secretFile", "itemsPath", "batchSize", "from", "node", "origins", "zone", "personal", "mapping", "counts"),
            Path.GetDirectoryName(Path.GetFullPath(path))!);
        var (address, allowPrivate) = (file.Needed("address"), file.Flag("allowPrivate"));
        if (!file.Has("tokenFile") && !file.Has("secretFile"))
            throw new PlatformFileException("tokenFile", "proof-missing");
        var mappings = MappingsOf(file);
        return new PlatformSettings
        {
            Items = At(file, address, allowPrivate, file.Text("itemsPath") ?? "/items", "itemsPath"),
            AllowPrivate = allowPrivate,
            Token = TokenOf(file, beside),
            Keys = KeysOf(file, beside),
            BatchSize = file.Number("batchSize", 1, MostEvents) ?? PlatformSettings.None.BatchSize,
            From = file.Day("from"),
            Node = file.Text("node"),
            Origins = file.Has("origins") ? [.. WordsOf(file, "origins", Origins).Select(word => Words.OriginOf(word)!.Value)] : PlatformSettings.None.Origins,
            Zone = file.Text("zone") is not { } zone ? PlatformSettings.None.Zone : HallZone.Find(zone) ?? throw new PlatformFileException("zone", "zone-unknown", zone),
            Mappings = mappings,
            Counts = file.Object("counts", "path", "day", "fields", "hour") is { } counts ? CountsOf(file, counts, address, allowPrivate, mappings) : null,
        };
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
        }
        catch (JsonException e)
        {
            throw new PlatformFileException("", "json-invalid", (e.LineNumber ?? 0) + 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlatformFileException("", "file-unreadable", path);
        }
    }

    private static Uri At(FileMembers file, string address, bool allowPrivate, string below, string field)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && allowPrivate && Reaches.Of(url.IdnHost) == Reach.ThisMachine)))
            throw new PlatformFileException(file.At("address"), "address-invalid", address);
        // Said at once where the form of the address tells it; a name is looked up whenever something is sent.
        if (!allowPrivate && Reaches.Of(url.IdnHost) != Reach.Everywhere)
            throw new PlatformFileException(file.At("address"), "address-private", address);
        return below.StartsWith('/') && Uri.TryCreate(address.TrimEnd('/') + below, UriKind.Absolute, out var whole) && whole is { Query: "", Fragment: "" } && whole.Authority == url.Authority
            ? whole : throw new PlatformFileException(field, "path-invalid", below);
    }

    private static ImmutableArray<byte> TokenOf(FileMembers file, string beside)
    {
        if (file.Text("tokenFile") is not { } name)
            return [];
        var token = ReadBeside(beside, name, "tokenFile").Trim();
        // What stands there is not told: it is a secret.
        return token.Length is > 0 and <= LongestToken && token.All(letter => letter is > ' ' and <= '~') ? [.. Encoding.UTF8.GetBytes(token)]
            : throw new PlatformFileException("tokenFile", "token-invalid", name);
    }

    private static ImmutableArray<ImmutableArray<byte>> KeysOf(FileMembers file, string beside)
    {
        if (file.Text("secretFile") is not { } name)
            return [];
        var lines = ReadBeside(beside, name, "secretFile").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length is > 0 and <= 4 && lines.All(line => HookSignature.KeyOf(line) is not null) ? [.. lines.Select(line => HookSignature.KeyOf(line)!.Value)]
            : throw new PlatformFileException("secretFile", "secret-invalid", name);
    }

    private static string ReadBeside(string beside, string name, string field)
    {
        try
        {
            return File.ReadAllText(Path.Combine(beside, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new PlatformFileException(field, "file-unreadable", name);
        }
    }

    private static ImmutableDictionary<PlatformKind, ItemMapping> MappingsOf(FileMembers file)
    {
        var allowed = WordsOf(file, "personal", Personal).ToHashSet();
        var mapping = file.Object("mapping", [.. PlatformKinds.All]) ?? throw new PlatformFileException("mapping", "member-missing");
        var kinds = mapping.Names.Select(name => PlatformKinds.Of(name)!.Value).ToList();
        return kinds.Count > 0 ? kinds.ToImmutableDictionary(kind => kind, kind => new MappingReader(kind, allowed).Read(mapping.Object(kind.Word())!))
            : throw new PlatformFileException("mapping", "mapping-empty");
    }

    private static IEnumerable<string> WordsOf(FileMembers file, string name, string[] known)
    {
        if (file.Find(name) is not { } told)
            return [];
        if (told.ValueKind != JsonValueKind.Array)
            throw new PlatformFileException(name, "list-expected", string.Join(", ", known));
        return told.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String && known.Contains(one.GetString()) ? one.GetString()!
            : throw new PlatformFileException(name, "list-expected", string.Join(", ", known))).ToList();
    }

    private static PlatformCounts CountsOf(
        FileMembers file, FileMembers counts, string address, bool allowPrivate, ImmutableDictionary<PlatformKind, ItemMapping> mappings)
    {
        var fields = counts.Object("fields", [.. PlatformKinds.All]) ?? throw new PlatformFileException("counts.fields", "member-missing");
        var kinds = fields.Names.Select(name => PlatformKinds.Of(name)!.Value).ToList();
        if (kinds.Count == 0)
            throw new PlatformFileException("counts.fields", "mapping-empty");
        foreach (var kind in kinds.Where(kind => !mappings.ContainsKey(kind)))
            throw new PlatformFileException(fields.At(kind.Word()), "counts-unmapped", kind.Word());
        return new PlatformCounts(
            At(file, address, allowPrivate, counts.Text("path") ?? "/counts", "counts.path"), counts.Text("day") ?? "day",
            kinds.ToImmutableDictionary(kind => kind, kind => fields.Needed(kind.Word())), counts.Number("hour", 0, 23) ?? 2);
    }
}
