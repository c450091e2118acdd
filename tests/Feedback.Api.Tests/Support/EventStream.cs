using System.Text.Json.Nodes;
using Feedback.TestSupport;

namespace Feedback.Api.Tests.Support;

/// <summary>One server-sent event.</summary>
internal sealed record SentEvent(string Id, string Kind, JsonNode Data);

/// <summary>A viewer of live figures.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, Stream stream) => (_response, _reader) = (response, new StreamReader(stream));

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    public static async Task<EventStream> OpenAsync(RunningSite site, string node, string? lastEventId = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/live?node={node}") { Headers = { { "Authorization", "Bearer " + (token ?? site.Token) } } };
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await site.Client.OpenAsync(request);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; comments are passed over.</summary>
    public async Task<SentEvent> NextAsync()
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        var fields = new Dictionary<string, string>();
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0 && fields.Count > 0)
                return new SentEvent(fields["id"], fields["event"], JsonNode.Parse(fields["data"])!);
            if (line.Length > 0 && line[0] != ':')
                fields.Add(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        }

        throw new EndOfStreamException("The stream ended.");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
