using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.Support;

/// <summary>One case in <see cref="Bureau.Tree"/>, from hand to hand. Window n5 is in hall n3; s-7 sits there, account:wang leads the hall.</summary>
public sealed class CaseDesk(CaseId? id = null)
{
    /// <summary>Handles cases of hall n3 and works there.</summary>
    public static readonly CaseActor Clerk = Worker("li", "s-1", 3);

    /// <summary>Sits at the window and is complained of.</summary>
    public static readonly CaseActor Rated = Worker("zhao", "s-7", 3);

    /// <summary>Leads hall n3, and so is the superior of whom is complained of.</summary>
    public static readonly CaseActor Head = Worker("wang", "s-9", 3);

    /// <summary>Handles cases of the unit above the halls.</summary>
    public static readonly CaseActor Officer = Worker("chen", "s-20", 2);

    /// <summary>Handles cases of hall n7, which has nothing to do with it.</summary>
    public static readonly CaseActor Stranger = Worker("qian", "s-30", 7);

    /// <summary>Supervises the whole district.</summary>
    public static readonly CaseActor Supervisor = new("account:sun") { Supervises = NodeScope.At(new NodeId("n1")), Works = [new NodeId("n1")] };

    /// <summary>Supervises hall n3 from within.</summary>
    public static readonly CaseActor InnerSupervisor = new("account:he") { Supervises = NodeScope.At(Some.Hall), Works = [Some.Hall] };

    /// <summary>Text that is kept elsewhere.</summary>
    public static readonly PersonalReference Text = new(Some.Bytes(32), Some.Bytes(16));

    /// <summary>How a citizen can be reached.</summary>
    public static readonly PersonalReference Contact = new(Some.Bytes(64), Some.Bytes(16));

    private readonly List<CaseEvent> _events = [];

    /// <summary>The case.</summary>
    public CaseState State { get; private set; } = new(id ?? CaseId.Of(Some.Bytes(1)));

    /// <summary>What happened.</summary>
    public IReadOnlyList<CaseEvent> Events => _events;

    /// <summary>Work in other streams that the last command caused.</summary>
    public ImmutableArray<FollowUp> FollowUps { get; private set; } = [];

    /// <summary>The clock.</summary>
    public long Now { get; set; } = Some.Morning;

    /// <summary>Limits and periods.</summary>
    public CaseTerms Terms { get; set; } = new() { Limits = Enum.GetValues<ClockKind>().ToImmutableDictionary(clock => clock, _ => "5wd") };

    /// <summary>Limits of the category into which it is put; null for those that it has.</summary>
    public ImmutableDictionary<ClockKind, string>? NewLimits { get; set; }

    /// <summary>Deadlines of clocks.</summary>
    public Dictionary<ClockKind, long?> Deadlines { get; } = [];

    /// <summary>What stands in <c>case_days</c>: the sum of all changes.</summary>
    public Dictionary<DateOnly, CaseCounts> Days { get; } = [];

    /// <summary>Everything that was counted on any day.</summary>
    public CaseCounts Counts => Days.Values.Aggregate(CaseCounts.Empty, (sum, day) => sum.Plus(day));

    /// <summary>What comes in at window n5 by default: a complaint by somebody who can be reached.</summary>
    public static CaseIntake Intake(CaseKind kind = CaseKind.Complaint) => new()
    {
        Number = "20260302-0000042-0",
        Kind = kind,
        Channel = CaseChannel.Window,
        Node = Some.Window,
        Lead = Some.Hall,
        Text = CaseDesk.Text,
        Contact = Contact,
        Rating = kind == CaseKind.BadRating ? new CaseRating(Some.Window, 12, Domain.Evaluations.Grade.Dissatisfied, "s-7") : null,
        External = kind == CaseKind.HotlineOrder ? new ExternalNumber("12345", "GD-7") : null,
    };

    /// <summary>A case that was just opened: by the clerk, or by itself.</summary>
    public static CaseDesk Open(CaseKind kind = CaseKind.Complaint, Func<CaseIntake, CaseIntake>? change = null)
    {
        var intake = Intake(kind);
        return new CaseDesk().Do(
            kind == CaseKind.BadRating ? CaseActor.System : kind == CaseKind.HotlineOrder ? CaseActor.City : Clerk,
            new OpenCase(change is null ? intake : change(intake)));
    }

    /// <summary>Does something that is possible.</summary>
    public CaseDesk Do(CaseActor actor, CaseCommand command)
    {
        Assert.Equal((command, null), (command, Try(actor, command)));
        return this;
    }

    /// <summary>Tries something.</summary>
    /// <returns>The refusal's code; null when it was done.</returns>
    public string? Try(CaseActor actor, CaseCommand command, long? expected = null)
    {
        var before = State;
        var decision = CaseRules.Decide(before, command, Context(actor) with { Expected = expected });
        if (decision.Refusal is not null)
        {
            Assert.Empty(decision.Events);
            Assert.Empty(decision.FollowUps);
            Assert.Same(before, decision.State);
            return decision.Refusal.Code;
        }

        (State, FollowUps) = (decision.State, decision.FollowUps);
        _events.AddRange(decision.Events);
        foreach (var (_, day, delta) in CaseFlows.Change(before, State))
            Days[day] = Days.GetValueOrDefault(day, CaseCounts.Empty).Plus(delta);
        return null;
    }

    /// <summary>Time goes by.</summary>
    public CaseDesk After(long milliseconds)
    {
        Now += milliseconds;
        return this;
    }

    /// <summary>A clock has a deadline.</summary>
    public CaseDesk Due(ClockKind clock, long? at)
    {
        Deadlines[clock] = at;
        return this;
    }

    /// <summary>What somebody decides in.</summary>
    public CaseContext Context(CaseActor actor)
    {
        var today = HallZone.Get("Asia/Shanghai").LocalTime(Now).Day;
        return new CaseContext
        {
            Now = Now,
            Today = today,
            Actor = actor,
            Tree = Bureau.Tree,
            Salt = () => Some.Salt,
            Line = LineOf(State, today),
            LineOf = state => LineOf(state, today),
            Terms = Terms,
            NewLimits = NewLimits,
            Deadlines = Deadlines,
        };
    }

    private static CaseLine LineOf(CaseState state, DateOnly today) => CaseLine.Of(
        Bureau.Tree, state.Opened?.Intake.Node ?? Some.Window, today, state.Opened is null ? [] : state.Persons, [new CaseLeader(Head.Name, Head.Staff, Some.Hall)],
        [.. new[] { Clerk, Rated, Head }.Select(one => new CaseMember(one.Name, one.Staff!, Some.Hall))],
        state.Opened is null ? null : state.Lead, state.Assisting);

    private static CaseActor Worker(string name, string staff, int node) => new("account:" + name)
    {
        Staff = staff,
        Handles = NodeScope.At(NodeId.Numbered(node)),
        Works = [NodeId.Numbered(node)],
    };
}
