using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Feedback.Api.Tests.Notices;

/// <summary>A mail server of the fewest words (RFC 5321), on this machine.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string From, string To, byte[] Data)> _taken = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _listening;

    public MailSink()
    {
        _listener.Start();
        _listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it says to recipients.</summary>
    public string Recipients { get; set; } = "250 ok";

    /// <summary>Sender and recipient as the envelope tells them, and the mail.</summary>
    public IReadOnlyList<(string From, string To, MimeMessage Mail)> Taken => [.. _taken.Select(one => (one.From, one.To, MimeMessage.Load(new MemoryStream(one.Data))))];

    /// <summary>The first mail, once it is taken.</summary>
    public async Task<MimeMessage> FirstAsync()
    {
        await _first.Task;
        return Taken[0].Mail;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (IOException)
            {
                // It hung up.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        var (from, to) = ("", "");
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "MAIL":
                    from = line[10..].Split(' ')[0].Trim('<', '>');
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT":
                    to = line[8..].Split(' ')[0].Trim('<', '>');
                    await writer.WriteLineAsync(Recipients);
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    _taken.Enqueue((from, to, await DataAsync(reader)));
                    _first.TrySetResult();
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 sink");
                    break;
            }
        }
    }

    private static async Task<byte[]> DataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return Encoding.Latin1.GetBytes(data.ToString());
    }
}
