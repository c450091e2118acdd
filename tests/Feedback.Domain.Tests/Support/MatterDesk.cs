using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Policies;
using Feedback.Domain.ServiceMatters;
using Xunit;

namespace Feedback.Domain.Tests.Support;

/// <summary>One service matter in hall n3 of <see cref="Bureau.Tree"/>, under the real calendar of China.</summary>
public sealed class MatterDesk
{
    /// <summary>The item of every matter here.</summary>
    public const string Item = "permit";

    /// <summary>A document that must come first.</summary>
    public static readonly MissingDocument Licence = new("licence", "营业执照副本", MissingKind.Ordinary);

    /// <summary>A document that may follow within a week.</summary>
    public static readonly MissingDocument Photo = new("photo", "照片", MissingKind.ToFollow, new DateOnly(2026, 3, 9));

    /// <summary>A document that was promised.</summary>
    public static readonly MissingDocument NoRecord = new("record", "无犯罪记录证明", MissingKind.Promised);

    private readonly List<MatterEvent> _events = [];

    /// <summary>The matter.</summary>
    public MatterState State { get; private set; } = new(MatterId.Of(Some.Bytes(1)));

    /// <summary>What happened.</summary>
    public IReadOnlyList<MatterEvent> Events => _events;

    /// <summary>The clock.</summary>
    public long Now { get; set; } = Office.At("2026-03-02 09:30");

    /// <summary>How long a matter of the item may take, as it is published.</summary>
    public string? Limit { get; set; }

    /// <summary>What stands in <c>case_days</c>: the sum of all changes.</summary>
    public Dictionary<DateOnly, CaseCounts> Days { get; } = [];

    /// <summary>Everything that was counted on any day.</summary>
    public CaseCounts Counts => Days.Values.Aggregate(CaseCounts.Empty, (sum, day) => sum.Plus(day));

    /// <summary>Reasons of what somebody will have to answer for.</summary>
    public IEnumerable<string> Blamed => State.Accountable.Select(one => one.Reason);

    /// <summary>Its time.</summary>
    public MatterTimes Times => new(State, Some.Hall, Bureau.Tree, PolicyBook.Empty, Now);

    /// <summary>A matter that was accepted at a window.</summary>
    public static MatterDesk Accept(params MissingDocument[] missing) => new MatterDesk().Do(Acceptance(missing));

    /// <summary>An acceptance at a window.</summary>
    public static AcceptMatter Acceptance(params MissingDocument[] missing) => new(Some.Hall, Item, Some.Bytes(16), Online: false, [.. missing], null);

    /// <summary>Does something that is possible.</summary>
    public MatterDesk Do(MatterCommand command)
    {
        Assert.Equal((command, null), (command, Try(command)));
        return this;
    }

    /// <summary>The applicant comes once more.</summary>
    public MatterDesk Visit(string[]? brings = null, string[]? asked = null, string? result = null) =>
        Do(new VisitMatter([.. brings ?? []], [.. (asked ?? []).Select(code => new AskedDocument(code, "材料"))], result));

    /// <summary>The clock goes to a local time.</summary>
    public MatterDesk At(string local)
    {
        Now = Office.At(local);
        return this;
    }

    /// <summary>Tries something.</summary>
    /// <returns>The refusal's code; null when it was done.</returns>
    public string? Try(MatterCommand command, long? expected = null, bool nodeIsKnown = true, bool itemIsKnown = true)
    {
        var (before, times) = (State, Times);
        var decision = MatterRules.Decide(before, command, new MatterContext
        {
            Now = Now,
            Today = times.Today,
            By = "account:li",
            Salt = () => Some.Salt,
            Expected = expected,
            NodeIsKnown = nodeIsKnown,
            ItemIsKnown = itemIsKnown,
            Limit = Limit,
            Deadline = times.DeadlineNow,
            Catalogue = 3,
        });
        if (decision.Refusal is not null)
        {
            Assert.Empty(decision.Events);
            Assert.Same(before, decision.State);
            return decision.Refusal.Code;
        }

        State = decision.State;
        _events.AddRange(decision.Events);
        foreach (var (node, day, delta) in MatterFlows.Change(before, State))
        {
            Assert.Equal(Some.Hall, node);
            Days[day] = Days.GetValueOrDefault(day, CaseCounts.Empty).Plus(delta);
        }

        return null;
    }
}
