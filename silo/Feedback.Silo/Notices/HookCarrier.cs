using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Feedback.Grains.Notices;

namespace Feedback.Silo.Notices;

/// <summary>Sends to hooks over connections that go where they were checked to go: past no proxy, after no redirect.</summary>
internal sealed class HookCarrier : IHookCarrier, IDisposable
{
    private static readonly MediaTypeHeaderValue CloudEvent = new("application/cloudevents+json", "utf-8");

    private readonly HttpMessageInvoker _outside;
    private readonly HttpMessageInvoker _anywhere;

    /// <summary>Makes a carrier.</summary>
    /// <param name="addresses">Looks names up and checks where they lead.</param>
    public HookCarrier(OutsideAddresses addresses)
    {
        _outside = Invoker(addresses, allowPrivate: false);
        _anywhere = Invoker(addresses, allowPrivate: true);
    }

    /// <inheritdoc/>
    public async Task SendAsync(HookEndpoint hook, HookMessage message, long timestamp, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = CloudEvent;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("Feedback")));
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", HookSignature.Sign(hook.Keys, message.Id, timestamp, message.Body));
        try
        {
            // Nothing of its answer is read but the status.
            using var response = await (hook.AllowPrivate ? _anywhere : _outside).SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"it answers {(int)response.StatusCode}"), forGood: response.StatusCode == HttpStatusCode.Gone);
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as DeliveryException ?? new DeliveryException(e.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => "its certificate is not trusted, or it does not encrypt",
                HttpRequestError.ConnectionError => "it cannot be reached",
                _ => "it does not answer as it should",
            });
        }
        catch (IOException)
        {
            throw new DeliveryException("the connection broke");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outside.Dispose();
        _anywhere.Dispose();
    }

    /// <summary>Connections that go where they were checked to go.</summary>
    internal static HttpMessageInvoker Invoker(OutsideAddresses addresses, bool allowPrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // What traces of ours are called is nobody's business.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 4,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ConnectCallback = async (context, cancellation) =>
        {
            var found = await addresses.CheckedAsync(context.DnsEndPoint.Host.Trim('[', ']'), allowPrivate, cancellation);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}
