using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Personal;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Ids and codes of service matters, and the marks by which repeated requests are recognized; all keyed by the bureau.</summary>
public sealed class MatterSecrets(BureauSecrets secrets, PersonalCipher cipher)
{
    private readonly byte[] _ids = secrets.KeyFor("service-matter-ids");
    private readonly byte[] _requests = secrets.KeyFor("service-matter-requests");
    private readonly byte[] _notices = secrets.KeyFor("service-matter-notices");

    /// <summary>The id of a matter: whoever tells the same node and number means the same matter.</summary>
    /// <param name="node">The node that takes it.</param>
    /// <param name="number">Its number there.</param>
    public MatterId IdOf(NodeId node, string number) => MatterId.Of(Mac(_ids, node.Value, number));

    /// <summary>The keyed hash of a number, as finished matters and ratings have it.</summary>
    public Opaque HashOf(string number) => cipher.HashMatter(number);

    /// <summary>The code in the address at which whoever holds the notice sees it and how the matter stands.</summary>
    public string NoticeCodeOf(MatterId id) => id.Value[1..] + Mac(_notices, id.Value);

    /// <summary>The matter of a code; null for any other text.</summary>
    public MatterId? MatterOf(string noticeCode)
    {
        if (noticeCode.Length != 44)
            return null;
        var id = new MatterId("m" + noticeCode[..22]);
        return MatterId.IsId(id.Value) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(NoticeCodeOf(id)), Encoding.UTF8.GetBytes(noticeCode)) ? id : null;
    }

    /// <summary>The salt of the first event of a request: a request whose salt is in the stream was done before. Nobody outside can tell it.</summary>
    internal Opaque? SaltOf(MatterId id, MatterRequest request) =>
        request.Id is not { } own ? null : Mac(_requests, id.Value, own, request.By, request.Command);

    // The length stands before each part, so that no two lists run together to the same bytes.
    private static Opaque Mac(byte[] key, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(part.Length).Append(':').Append(part);
        return Opaque.FromBytes(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }
}
