using System.Globalization;
using System.Security.Cryptography;

namespace Feedback.Grains.Personal;

/// <summary>
/// The secrets of a bureau, outside every database: the master keys that wrap the subjects' data keys, by version, and the
/// key under which the numbers of matters are hashed. Whoever loses them loses personal text, never a count.
/// </summary>
public sealed class BureauSecrets
{
    /// <summary>The length of each key: 32 bytes.</summary>
    public const int KeyLength = 32;

    private readonly SortedDictionary<int, byte[]> _masters;
    private readonly byte[] _matter;

    private BureauSecrets(SortedDictionary<int, byte[]> masters, byte[] matter) => (_masters, _matter) = (masters, matter);

    /// <summary>The version of the master key that wraps new data keys: the newest.</summary>
    public int MasterVersion => _masters.Keys.Last();

    /// <summary>The versions there are, ascending.</summary>
    public IReadOnlyCollection<int> MasterVersions => _masters.Keys;

    /// <summary>Draws new secrets.</summary>
    public static BureauSecrets Generate() =>
        new(new SortedDictionary<int, byte[]> { [1] = RandomNumberGenerator.GetBytes(KeyLength) }, RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>The same secrets with a newer master key; those before stay, as they open what they wrapped.</summary>
    public BureauSecrets WithNewMaster() =>
        new(new SortedDictionary<int, byte[]>(_masters) { [MasterVersion + 1] = RandomNumberGenerator.GetBytes(KeyLength) }, _matter);

    /// <summary>The secrets as the lines of their file: <c>master N …</c> for each version, and <c>matter …</c>, keys in base64.</summary>
    public string ToText() =>
        string.Concat(_masters.Select(master => string.Create(CultureInfo.InvariantCulture, $"master {master.Key} {Convert.ToBase64String(master.Value)}\n")))
        + $"matter {Convert.ToBase64String(_matter)}\n";

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">A line is missing, given twice or misshapen.</exception>
    public static BureauSecrets Parse(string text)
    {
        var masters = new SortedDictionary<int, byte[]>();
        byte[]? matter = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (line.Split(' '))
            {
                case ["master", var version, var key]
                    when int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && masters.TryAdd(number, Convert.FromBase64String(key)):
                    break;
                case ["matter", var key] when matter is null:
                    matter = Convert.FromBase64String(key);
                    break;
                default:
                    throw new FormatException("The key file has a line that is neither 'master N KEY' with a version of its own nor 'matter KEY'.");
            }
        }

        // The oldest line is the root of sessions, second factors, terminal keys, invitations and lookup codes: another one in its
        // place would end all of them without a word.
        if (masters.Count > 0 && !masters.ContainsKey(1))
            throw new FormatException("The line 'master 1' is missing: sessions, second factors, terminal keys, invitations and lookup codes hang on it for ever, also after 'keys rewrap'.");
        return masters.Count > 0 && masters.Values.All(master => master.Length == KeyLength) && matter?.Length == KeyLength
            ? new BureauSecrets(masters, matter)
            : throw new FormatException($"The key file needs a 'master 1' and a 'matter' line with {KeyLength} bytes each in base64.");
    }

    /// <summary>A key of <see cref="KeyLength"/> bytes for another purpose, derived from master key 1 (HKDF, RFC 5869): it stays the same when newer ones are added, and needs that one for ever.</summary>
    /// <param name="purpose">What it is for; each purpose has a key of its own.</param>
    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _masters[1], KeyLength, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>A print by which two holders of secrets see whether theirs agree: 32 hexadecimal digits that tell nothing else. It stays the same when newer master keys are added.</summary>
    public string Print => Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. _masters[1], .. _matter], 16, info: "print"u8.ToArray()));

    internal byte[]? Master(int version) => _masters.GetValueOrDefault(version);

    internal byte[] Matter => _matter;
}
