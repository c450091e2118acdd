using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Cases;

/// <summary>Ids, numbers and codes of cases, and the marks by which repeated requests are recognized. All that is keyed is keyed by the bureau.</summary>
public sealed class CaseSecrets(BureauSecrets secrets)
{
    private readonly byte[] _codes = secrets.KeyFor("case-query-codes");
    private readonly byte[] _hashes = secrets.KeyFor("case-query-hashes");
    private readonly byte[] _tracking = secrets.KeyFor("case-tracking-codes");
    private readonly byte[] _requests = secrets.KeyFor("case-requests");
    private readonly byte[] _ids = secrets.KeyFor("case-ids");

    /// <summary>A new id.</summary>
    public static CaseId NewId() => CaseId.Of(EventMint.NewSalt());

    /// <summary>The id of the case that a request opens: whoever sends it again means the same case.</summary>
    /// <param name="sender">Who numbers the requests, such as <c>account:li</c> or the address of a form.</param>
    /// <param name="request">Their id of it.</param>
    public CaseId IdOf(string sender, string request) => CaseId.Of(Mac(_ids, "request", sender, request));

    /// <summary>The id of the case that came from another system: the same order opens the same case.</summary>
    public CaseId IdOf(ExternalNumber external) => CaseId.Of(Mac(_ids, "external", external.Source, external.Number));

    /// <summary>The readable number of a case. The first attempt follows from its id; one that is taken is drawn again.</summary>
    internal static string NumberOf(CaseId id, DateOnly day, int attempt) => CaseNumber.Of(day, attempt == 1 ? id.ToBits() : EventMint.NewSalt());

    /// <summary>The six digits with which the citizen asks for a case by its number. They follow from the case's id, so that an opening that is repeated tells the same. They are told to who opened it, and to who shows the tracking code.</summary>
    public string QueryCodeOf(CaseId id) => CaseNumber.QueryCodeOf(Mac(_codes, id.Value));

    /// <summary>The code in the address at which the citizen follows the case: whoever has it acts as the citizen. It follows from the case's id.</summary>
    public string TrackingCodeOf(CaseId id) => id.Value[1..] + Mac(_tracking, id.Value);

    /// <summary>The case of a tracking code; null for any other text.</summary>
    public CaseId? CaseOf(string trackingCode)
    {
        if (trackingCode.Length != 44)
            return null;
        var id = new CaseId("q" + trackingCode[..22]);
        return CaseId.IsId(id.Value) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(TrackingCodeOf(id)), Encoding.UTF8.GetBytes(trackingCode)) ? id : null;
    }

    /// <summary>What a case keeps of its query code.</summary>
    internal Opaque HashOf(CaseId id, string queryCode) => Mac(_hashes, id.Value, queryCode);

    /// <summary>
    /// The salt of the first event of a request with an id. Nobody outside can tell it, and it is stored with what the request did: a
    /// request whose salt is in the stream was done before. What comes with another text is another request; a file is the same whatever
    /// it holds, so that another one under its id is found and refused.
    /// </summary>
    internal Opaque? SaltOf(CaseId id, CaseRequest request, string actor) =>
        request.Id is not { } own ? null
        : request.File is not null ? Mac(_requests, id.Value, own, actor, "file")
        : Mac(_requests, id.Value, own, actor, request.Command, request.Words ?? "", request.Contact ?? "", "");

    // The length stands before each part, so that no two lists run together to the same bytes.
    private static Opaque Mac(byte[] key, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(part.Length).Append(':').Append(part);
        return Opaque.FromBytes(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }
}
