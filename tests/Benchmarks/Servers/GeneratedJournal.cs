using System.Globalization;
using Feedback.Benchmarks.Load;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;

namespace Feedback.Benchmarks.Servers;

/// <summary>
/// A journal as years of work leave it: evaluations of 1,000 windows, one to a row as single pushes are stored, 40 a day and
/// window, with the matter's number on half of them and a comment on one in ten. Written past the windows, as fast as it goes.
/// </summary>
internal sealed class GeneratedJournal(IBureau bureau, IJournal journal, PersonalCipher cipher, TimeProvider clock)
{
    /// <summary>What the tables say about it.</summary>
    public const string Description = "1,000 windows, one evaluation to a row, 40 a day and window, four dimensions each, a matter number on half, a comment on one in ten";

    private const int PerDay = 40;
    private const int RoundsAtOnce = 4;
    private static readonly string[] Dimensions = ["attitude", "ethics", "style", "timeliness"];

    private readonly Random _draw = new(20261126);
    private readonly EventMint _mint = new(cipher);

    /// <summary>Appends so many evaluations in all, the newest of yesterday.</summary>
    public async Task WriteAsync(long events)
    {
        var state = await bureau.RefreshAsync();
        var tails = (await journal.TailsAsync()).Where(one => one.Stream.AsWindow is not null).ToArray();
        var days = (int)((events / tails.Length / PerDay) + 1);
        var first = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-days);
        var pending = new List<Task>();
        for (long done = 0; done < events;)
        {
            var round = (int)(done / tails.Length);
            for (var window = 0; window < tails.Length && done < events; window++, done++)
            {
                var unit = Unit(state, tails[window], window, round, first.AddDays(round / PerDay));
                tails[window].Tail = StreamTail.After(unit.Append!.Row);
                pending.Add(journal.WriteAsync(unit));
            }

            if (pending.Count < RoundsAtOnce * tails.Length)
                continue;
            await Task.WhenAll(pending);
            pending.Clear();
        }

        await Task.WhenAll(pending);
    }

    private JournalUnit Unit(BureauState state, (StreamName Stream, StreamTail Tail) at, int window, int round, DateOnly day)
    {
        var id = at.Stream.AsWindow!.Value;
        var line = state.Tree.LineOn(id, day).ToArray();
        // From 9 to 17 o'clock in the hall, which is eight hours ahead of UTC.
        var time = new DateTimeOffset(day, new TimeOnly(1, 0), TimeSpan.Zero).AddSeconds(round % PerDay * 720).ToUnixTimeMilliseconds() + window;
        var grade = (Grade)(_draw.Next(100) switch { < 72 => 5, < 90 => 4, < 95 => 3, < 98 => 2, _ => 1 });
        var claim = new EvaluationClaim(
            new Evaluation
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"01934c5e-7a1b-7000-{window:x4}-{round:x12}"),
                Source = "kiosk",
                Window = id,
                OccurredAt = new Moment(time, 480),
                Grade = grade,
                Origin = Origin.Active,
                Dimensions = [.. Dimensions.Select(code => new DimensionGrade(code, grade))],
                ServiceItem = EvaluationMix.ServiceItem(((window * 7) + _draw.Next(6)) % EvaluationMix.ServiceItems),
                Channel = (Channel)_draw.Next(1, 5),
                Language = "zh-CN",
            },
            _draw.Next(2) == 0 ? string.Create(CultureInfo.InvariantCulture, $"JY-{window}-{round}") : null,
            _draw.Next(10) == 0 ? "服务态度好，就是叫号屏幕看不清，希望多开一个窗口。" : null);
        var admission = new Admission
        {
            ReceivedAt = time,
            Terminal = "kiosk",
            Key = "k1",
            Hall = line[1].Id,
            Parent = line[1].Id,
            Day = day,
            Hour = 9 + (round % PerDay / 5),
            Staff = EvaluationMix.Staff(window),
            Scheme = 1,
            Catalogue = 1,
            Policy = 0,
        };
        var (keys, texts) = (new List<SubjectKey>(), new List<SealedText>());
        var happened = _mint.Make(claim, _mint.HashMatter(claim), admission, state.Catalogue, keys, texts);
        return new JournalUnit { Append = new Append(at.Stream, at.Tail.Next([EventText.Write(happened)], time)), SubjectKeys = keys, Personal = texts };
    }
}
