using System.Net;
using System.Net.Security;
using Feedback.Api.Addresses;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Feedback.Api.Tests.Support;

/// <summary>The real application as the Internet would see it: with a public address, and listening with and without encryption.</summary>
public sealed class ExposedSite : IAsyncLifetime
{
    public const string Name = "feedback.example.gov.cn";
    public const string PublicUrl = "https://" + Name;

    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;

    /// <summary>The port without encryption.</summary>
    public int PlainPort { get; private set; }

    /// <summary>The port with encryption.</summary>
    public int Port { get; private set; }

    internal MadeCertificate Certificate { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Renew(MadeCertificate.For(90, true, Name));
        var exposure = new Exposure(
            PublicAddress.Parse(PublicUrl, withinOneNetwork: false), new CertificateFiles(_folder["chain.pem"], _folder["key.pem"], null), []);
        _app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(_folder["data"]), null), "http://127.0.0.1:0;https://127.0.0.1:0", exposure);
        await _app.StartAsync();
        PlainPort = new Uri(_app.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal))).Port;
        Port = new Uri(_app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal))).Port;
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Asks as a stranger, over a connection of its own.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        string path, bool encrypted, string host = Name, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(Stranger());
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, $"{(encrypted ? "https" : "http")}://127.0.0.1:{(encrypted ? Port : PlainPort)}{path}");
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    /// <summary>The serial number of the certificate that a new connection gets.</summary>
    public async Task<string> ServedAsync()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(Name);
        return stream.RemoteCertificate!.GetSerialNumberString();
    }

    internal void Renew(MadeCertificate certificate)
    {
        Certificate = certificate;
        certificate.WritePem(_folder["chain.pem"], _folder["key.pem"]);
    }

    internal void Damage() => File.WriteAllText(_folder["chain.pem"], "-----BEGIN CERTIFICATE-----\nhalf");

    private static SocketsHttpHandler Stranger() => new()
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    };
}
