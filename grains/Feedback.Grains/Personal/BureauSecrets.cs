using System.Security.Cryptography;

namespace Feedback.Grains.Personal;

/// <summary>
/// The secrets of a bureau, outside every database: the master key that wraps the subjects' data keys, and the
/// key under which the numbers of matters are hashed. Whoever loses them loses personal text, never a count.
/// </summary>
public sealed class BureauSecrets
{
    /// <summary>The length of each key: 32 bytes.</summary>
    public const int KeyLength = 32;

    private readonly byte[] _master;
    private readonly byte[] _matter;

    private BureauSecrets(byte[] master, byte[] matter) => (_master, _matter) = (master, matter);

    /// <summary>The version of the master key that wraps new data keys.</summary>
    public int MasterVersion => 1;

    /// <summary>Draws new secrets.</summary>
    public static BureauSecrets Generate() =>
        new(RandomNumberGenerator.GetBytes(KeyLength), RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>The secrets as the lines of their file: <c>master 1 …</c> and <c>matter …</c>, keys in base64.</summary>
    public string ToText() => $"master 1 {Convert.ToBase64String(_master)}\nmatter {Convert.ToBase64String(_matter)}\n";

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">A line is missing or misshapen.</exception>
    public static BureauSecrets Parse(string text)
    {
        byte[]? master = null, matter = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (line.Split(' '))
            {
                case ["master", "1", var key]: master = Convert.FromBase64String(key); break;
                case ["matter", var key]: matter = Convert.FromBase64String(key); break;
                default: throw new FormatException("The key file has a line that is neither 'master 1 KEY' nor 'matter KEY'.");
            }
        }

        return master?.Length == KeyLength && matter?.Length == KeyLength
            ? new BureauSecrets(master, matter)
            : throw new FormatException($"The key file needs a 'master 1' and a 'matter' line with {KeyLength} bytes each in base64.");
    }

    /// <summary>A key of <see cref="KeyLength"/> bytes for another purpose, derived from the master key (HKDF, RFC 5869).</summary>
    /// <param name="purpose">What it is for; each purpose has a key of its own.</param>
    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, KeyLength, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    internal byte[] Master(int version) =>
        version == MasterVersion ? _master : throw new CryptographicException($"There is no master key of version {version}.");

    internal byte[] Matter => _matter;
}
