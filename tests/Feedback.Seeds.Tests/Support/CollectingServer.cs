using System.Net;
using System.Text.Json;

namespace Feedback.Seeds.Tests.Support;

/// <summary>A body that a simulated window sent.</summary>
internal sealed record Push(string Path, string? Key, string Text)
{
    public JsonElement Body { get; } = JsonDocument.Parse(Text).RootElement;

    public bool IsMatter => Path == "/api/v1/matters";

    public string? this[string member] => Body.TryGetProperty(member, out var value) ? value.ToString() : null;
}

/// <summary>Stands in for the server: keeps what is sent, and answers as it is told.</summary>
internal sealed class CollectingServer : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<Push> _pushes = [];

    /// <summary>Answers the n-th push, counted from 1; 201 by itself.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } =
        (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created));

    public IReadOnlyList<Push> Pushes
    {
        get
        {
            lock (_lock)
                return [.. _pushes];
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _pushes.Count;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await request.Content!.ReadAsStringAsync(cancellationToken);
        int number;
        lock (_lock)
        {
            var key = request.Headers.TryGetValues("X-Device-Key", out var keys) ? keys.Single() : null;
            _pushes.Add(new Push(request.RequestUri!.AbsolutePath, key, text));
            number = _pushes.Count;
        }

        return await Answer(number, cancellationToken);
    }
}
