using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>What a seed decides about something that has a name: the same, however much else is asked for.</summary>
/// <param name="seed">The seed.</param>
internal sealed class Dice(int seed)
{
    /// <summary>Dice of a name's own.</summary>
    public Random Of(string name) => new(BinaryPrimitives.ReadInt32BigEndian(Hash("dice", name)) & int.MaxValue);

    /// <summary>The id of the case of a name.</summary>
    public CaseId IdOf(string name) => CaseId.Of(Opaque.FromBytes(Hash("case", name)));

    private byte[] Hash(string use, string name) => SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"demo {use} {seed} {name}")));
}
