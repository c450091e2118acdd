namespace Feedback.Benchmarks.Servers;

/// <summary>What the load generator must know of a server.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="DeviceKey">A key that pushes for every window.</param>
/// <param name="Token">A token that reads everything.</param>
/// <param name="Root">The id of the node above everything.</param>
/// <param name="Halls">The ids of windows, hall by hall.</param>
/// <param name="Signers">A terminal that signs by HMAC and one that signs by ECDSA at each window; none where nobody asked for them.</param>
internal sealed record BenchAccess(string Url, string DeviceKey, string Token, string Root, string[][] Halls, BenchSigners[]? Signers = null);

/// <summary>The terminals of one window that sign.</summary>
/// <param name="Window">The window.</param>
/// <param name="HmacKey">The id of the key that signs by HMAC.</param>
/// <param name="HmacTerminal">Its terminal.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="EcdsaKey">The id of the key that signs by ECDSA.</param>
/// <param name="EcdsaTerminal">Its terminal.</param>
/// <param name="PrivateKey">Its private key, PKCS #8 in base64.</param>
internal sealed record BenchSigners(
    string Window, string HmacKey, string HmacTerminal, string Secret, string EcdsaKey, string EcdsaTerminal, string PrivateKey);
