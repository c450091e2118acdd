using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Tests.Support;

/// <summary>A terminal that signs, written from the operator's guide: it shares no line of code with the server.</summary>
internal sealed class SigningTerminal : IDisposable
{
    private static readonly string[] Evaluation = ["serviceItem", "staff", "channel", "reasons", "language", "matter", "comment"];
    private readonly byte[]? _secret;
    private readonly ECDsa? _ecdsa;

    private SigningTerminal(string key, string terminal, byte[]? secret, ECDsa? ecdsa) => (Key, Terminal, _secret, _ecdsa) = (key, terminal, secret, ecdsa);

    public string Key { get; }

    public string Terminal { get; }

    /// <summary>The secret as text; only of those that sign by HMAC.</summary>
    public string Secret => Encoding.UTF8.GetString(_secret!);

    public static SigningTerminal OfSecret(string key, string terminal, string secret) => new(key, terminal, Encoding.UTF8.GetBytes(secret), null);

    public static SigningTerminal OfEcdsa(string key, string terminal, ECDsa ecdsa) => new(key, terminal, null, ecdsa);

    /// <summary>A terminal whose key was issued some time ago, and perhaps ended since.</summary>
    public static async Task<SigningTerminal> IssuedAsync(
        RunningSite site, string scope, KeyAlgorithm algorithm = KeyAlgorithm.HmacSha256, TimeSpan ago = default, TimeSpan? endedAgo = null)
    {
        var now = site.Clock.GetUtcNow();
        var ecdsa = algorithm == KeyAlgorithm.Es256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var secret = "fbd_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        DeviceKeyIssued? issued = null;
        await site.Bureau.DecideAsync(StreamName.Keys, state =>
        {
            var id = "k" + state.Keys.NextNumber.ToString(CultureInfo.InvariantCulture);
            issued = new DeviceKeyIssued
            {
                Salt = Some.Salt(),
                Key = id,
                Terminal = "t" + id[1..],
                Scope = new NodeId(scope),
                Algorithm = algorithm,
                Hash = ecdsa is null ? KeyRing.HashOf(secret) : Convert.ToHexStringLower(SHA256.HashData(ecdsa.ExportSubjectPublicKeyInfo())),
                PublicKey = ecdsa is null ? null : Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo()),
                Sealed = ecdsa is null ? site.Service<KeySeal>().Seal(id, secret) : null,
                Master = ecdsa is null ? KeySeal.MasterVersion : 0,
                Expires = endedAgo is { } ended ? (now - ended).ToUnixTimeMilliseconds() : null,
                At = (now - ago).ToUnixTimeMilliseconds(),
            };
            return new Decision([issued]);
        });
        return new SigningTerminal(issued!.Key, issued.Terminal, ecdsa is null ? Encoding.UTF8.GetBytes(secret) : null, ecdsa);
    }

    /// <summary>The body with its signature; the window must be given by its id.</summary>
    public JsonObject Sign(JsonObject body) => body.With(("signature", SignatureOf(TextOf(body))));

    /// <summary>The header of a request that is no event.</summary>
    public string HeaderOf(string method, string target, string body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = SignatureOf($"feedback-request-1\nmethod:{method}\ntarget:{target}\nat:{time}\nbody-sha256:{Sha256(body)}\n");
        return signature.Replace(".", $".{time}.", StringComparison.Ordinal);
    }

    public void Dispose() => _ecdsa?.Dispose();

    private string SignatureOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return $"{Key}.{Base64Url.EncodeToString(_ecdsa is null ? HMACSHA256.HashData(_secret!, bytes) : _ecdsa.SignData(bytes, HashAlgorithmName.SHA256))}";
    }

    private string TextOf(JsonObject body)
    {
        var isMatter = body.ContainsKey("number");
        var at = DateTimeOffset.Parse((string)body[isMatter ? "finishedAt" : "occurredAt"]!, CultureInfo.InvariantCulture);
        var text = new StringBuilder("feedback-signature-1\n")
            .Append(isMatter ? $"kind:matter\nnumber:{body["number"]}\n" : $"kind:evaluation\nid:{body["id"]}\n")
            .Append(CultureInfo.InvariantCulture, $"source:{(string?)body["source"] ?? Terminal}\nwindow:{body["window"]}\n")
            .Append(CultureInfo.InvariantCulture, $"at:{at.ToUnixTimeMilliseconds()}\noffset:{at.Offset.TotalMinutes}\n");
        if (isMatter)
        {
            Add("serviceItem");
            Add("staff");
            return text.ToString();
        }

        Add("grade");
        Add("origin");
        foreach (var (code, grade) in (body["dimensions"]?.AsObject() ?? []).OrderBy(one => one.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"dimension:{grade} {code}\n");
        foreach (var name in Evaluation)
        {
            if (name == "reasons")
            {
                foreach (var reason in (body[name]?.AsArray() ?? []).Select(reason => (string)reason!).Order(StringComparer.Ordinal))
                    text.Append(CultureInfo.InvariantCulture, $"reason:{reason}\n");
            }
            else if (name == "comment" && body[name] is { } comment)
                text.Append(CultureInfo.InvariantCulture, $"comment-sha256:{Sha256((string)comment!)}\n");
            else
                Add(name);
        }

        return text.ToString();

        void Add(string name)
        {
            if (body[name] is { } value)
                text.Append(CultureInfo.InvariantCulture, $"{name}:{value}\n");
        }
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
