using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Benchmarks.Servers;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Benchmarks.Load;

/// <summary>Signs evaluations as the terminals of a bureau for measuring do.</summary>
internal sealed class SignedBodies
{
    private readonly Dictionary<string, (BenchSigners Of, byte[] Secret, ECDsa Pair)> _byWindow;
    private readonly ArrayBufferWriter<byte> _text = new(1024);

    public SignedBodies(BenchAccess access) => _byWindow = access.Signers!.ToDictionary(one => one.Window, one =>
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String(one.PrivateKey), out _);
        return (one, Encoding.UTF8.GetBytes(one.Secret), pair);
    });

    /// <summary>The body with its signature as its last member.</summary>
    public string Sign(string window, string body, KeyAlgorithm algorithm)
    {
        var (signers, secret, pair) = _byWindow[window];
        _text.ResetWrittenCount();
        SignedText.Write(Claim(body), _text);
        var (key, bytes) = algorithm == KeyAlgorithm.HmacSha256
            ? (signers.HmacKey, HMACSHA256.HashData(secret, _text.WrittenSpan))
            : (signers.EcdsaKey, pair.SignData(_text.WrittenSpan, HashAlgorithmName.SHA256));
        return $"{body[..^1]},\"signature\":\"{key}.{Base64Url.EncodeToString(bytes)}\"}}";
    }

    /// <summary>What a body says.</summary>
    public static WindowClaim Claim(string body)
    {
        using var document = JsonDocument.Parse(body);
        return EvaluationReader.Read(document.RootElement, new Row(document.RootElement, cloudEvent: false), new Envelope(null), static window => new NodeId(window));
    }
}
