using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>
/// What lies on the desks when the demo is first started: something for every list of the board, and one of each turn that a case
/// can take. They are told by workdays before that day.
/// </summary>
/// <param name="site">The district.</param>
/// <param name="people">Who works on them.</param>
/// <param name="times">When.</param>
/// <param name="stories">Tells the ordinary parts.</param>
/// <param name="dice">What the seed decides.</param>
/// <param name="begun">The local day of the first start.</param>
/// <param name="until">Its beginning, milliseconds UTC.</param>
internal sealed class OpenStories(DemoSite site, CasePeople people, OfficeTimes times, FiledStories stories, Dice dice, DateOnly begun, long until)
{
    private const int Late = 20;

    /// <summary>All of them that begin on a day or later.</summary>
    public IEnumerable<PlannedCase> Tell(DateOnly from)
    {
        List<(int Since, Func<PlannedCase> Tell)> all = [(4, Recused), (5, Survivor), (4, Merged), (12, Reopened), (1, NotSignedFor)];
        foreach (var number in Enumerable.Range(0, 3))
            all.AddRange([(Late - number, () => Overdue(number)), (10 - number, () => ToCallBack(number))]);
        foreach (var owner in (CaseActor[])[people.Administrator, people.Head, people.HallHead, people.Clerk])
            all.AddRange([(1, () => OnDesk(owner, CaseKind.Question, 1)), (2, () => OnDesk(owner, CaseKind.Suggestion, 2))]);
        return all.Where(one => Day(one.Since) >= from).Select(one => one.Tell());
    }

    // The head of the hall hears a complaint of one of their own people: supervision names somebody else, and they read none of its words.
    private PlannedCase Recused()
    {
        var filed = Bring("recused", CaseKind.Complaint, CaseChannel.Window, (0, 3), 4, (10 * 60) + 5, CasePhrases.Complaints[1]) with
        {
            About = site.Halls[0].Windows[3].Staff,
            Receiver = people.HallHead,
        };
        var (script, random) = Begin(filed);
        script.Then(times.Soon(script.At, random), people.Supervisor, new NameOwner(people.Officer), CaseStage.Registered);
        stories.Acknowledge(script, people.Officer, random);
        return script.End()!;
    }

    // Two people call about one lift; what the second one said goes on as the first one's.
    private PlannedCase Survivor()
    {
        var (script, random) = Begin(Bring("survivor", CaseKind.Complaint, CaseChannel.Phone, (1, 7), 5, (9 * 60) + 40, CasePhrases.Complaints[12]) with { Receiver = people.Officer });
        stories.Acknowledge(script, people.Officer, random);
        return script.Then(At(4, (10 * 60) + 31), CaseActor.System, new AbsorbCase(dice.IdOf(Name("merged")), []), CaseStage.Handling).End()!;
    }

    private PlannedCase Merged()
    {
        var (script, _) = Begin(Bring("merged", CaseKind.Complaint, CaseChannel.Phone, (1, 7), 4, (9 * 60) + 50, CasePhrases.Complaints[12]) with { Receiver = people.Officer });
        return script.Then(At(4, (10 * 60) + 5), people.Officer, new NoteProgress(null, Told: true), CaseStage.Handling, "与此前来件反映同一问题，将一并答复。")
            .Then(At(4, (10 * 60) + 30), people.Officer, new MergeCase(dice.IdOf(Name("survivor")), null), CaseStage.Merged).End()!;
    }

    private PlannedCase Reopened()
    {
        var filed = Bring("reopened", CaseKind.Complaint, CaseChannel.Web, (2, 1), 12, 9 * 60, CasePhrases.Complaints[7]);
        var (script, random) = Begin(filed);
        stories.Acknowledge(script, people.Officer, random);
        return script.Then(At(8, 11 * 60), people.Officer, new NoteProgress(null, Told: true), CaseStage.Handling, CasePhrases.Progress(random))
            .Then(At(6, (15 * 60) + 10), people.Officer, new HandleCase("solved"), CaseStage.Handled, filed.Phrase.Answer)
            .Then(At(6, (16 * 60) + 2), people.Officer, new GiveFeedback("phone", FeedbackOutcome.Reached, null), CaseStage.Answered, filed.Phrase.Answer)
            .Then(At(5, (10 * 60) + 20), people.Officer, new CallCitizenBack(true, Solved: true, Grade.FairlySatisfied), CaseStage.Answered, CasePhrases.Heard(random))
            .Then(At(5, (10 * 60) + 25), people.Officer, new CloseCase(), CaseStage.Closed)
            .Then(At(2, 14 * 60), CaseActor.Citizen, new ReopenCase("came-back"), CaseStage.Handling, "今天再去，窗口又要体检表，和答复说的不一样。")
            .Then(At(1, (9 * 60) + 30), people.Officer, new NoteProgress(null, Told: true), CaseStage.Handling, "已再次核查该窗口，请您稍候。").End()!;
    }

    private PlannedCase NotSignedFor() => Begin(Bring("not-signed-for", CaseKind.HotlineOrder, CaseChannel.Hotline, (2, 5), 1, (16 * 60) + 20, CasePhrases.Orders[1]) with
    {
        Order = FormattableString.Invariant($"JD{begun:yyMMdd}{dice.Of(Name("order")).Next(1_000_000):000000}"),
    }).Script.End()!;

    // The completion passed a few workdays ago; supervision took the oldest one up.
    private PlannedCase Overdue(int number)
    {
        var filed = Bring($"overdue-{number}", CaseKind.Complaint, CaseChannel.Phone, (number, 4), Late - number, (10 * 60) + (20 * number), CasePhrases.Complaints[3 + number]) with { Receiver = people.Officer };
        var (script, random) = Begin(filed);
        stories.Acknowledge(script, people.Officer, random);
        foreach (var _ in Enumerable.Range(0, 4))
            script.Then(times.Later(script.At, 4, random), people.Officer, new NoteProgress(null, Told: true), CaseStage.Handling, CasePhrases.Progress(random));
        if (number == 0)
            script.Then(At(1, (9 * 60) + 10), people.Supervisor, new SuperviseCase("逾期未办结"), CaseStage.Handling);
        return script.End()!;
    }

    private PlannedCase ToCallBack(int number)
    {
        var filed = Bring($"to-call-back-{number}", CaseKind.Complaint, CaseChannel.Phone, (number, 2), 10 - number, (14 * 60) + (15 * number), CasePhrases.Complaints[8 + number]) with { Receiver = people.Officer };
        var (script, random) = Begin(filed);
        stories.Acknowledge(script, people.Officer, random);
        return script.Then(times.Later(script.At, 4, random), people.Officer, new NoteProgress(null, Told: true), CaseStage.Handling, CasePhrases.Progress(random))
            .Then(At(2, (10 * 60) + (20 * number)), people.Officer, new HandleCase("solved"), CaseStage.Handled, filed.Phrase.Answer)
            .Then(At(2, (15 * 60) + (10 * number)), people.Officer, new GiveFeedback("phone", FeedbackOutcome.Reached, null), CaseStage.Answered, filed.Phrase.Answer).End()!;
    }

    // One of each leader's own, and of the clerk's.
    private PlannedCase OnDesk(CaseActor owner, CaseKind kind, int since)
    {
        var phrases = kind == CaseKind.Question ? CasePhrases.Questions : CasePhrases.Suggestions;
        var name = $"desk {owner.Name} {kind.Word()}";
        var isOfFirstHall = owner == people.HallHead || owner == people.Clerk;
        var filed = Bring(name, kind, isOfFirstHall ? CaseChannel.Window : CaseChannel.Phone, isOfFirstHall ? (0, 0) : (1, 7), since, (15 * 60) + (10 * since), phrases[dice.Of(name).Next(phrases.Length)]) with
        {
            Receiver = owner,
        };
        var (script, random) = Begin(filed);
        stories.Acknowledge(script, owner, random);
        return script.End()!;
    }

    private (CaseScript Script, Random Random) Begin(Filed filed)
    {
        var (script, random) = (new CaseScript(dice.IdOf(filed.Name), filed.Kind, until), dice.Of(filed.Name));
        stories.Open(script, filed, random);
        return (script, random);
    }

    private Filed Bring(string name, CaseKind kind, CaseChannel channel, (int Hall, int Window) place, int since, int minute, CasePhrase phrase) =>
        new(Name(name), kind, channel, place.Hall, site.Halls[place.Hall].Windows[place.Window].Id, At(since, minute), phrase) { Contact = Contacts.Of(dice.Of("contact " + name)) };

    private string Name(string name) => FormattableString.Invariant($"{name} {begun:yyyy-MM-dd}");

    private DateOnly Day(int workdaysBefore) => OfficeTimes.WorkdayBefore(begun, workdaysBefore);

    private long At(int workdaysBefore, int minute) => times.At(Day(workdaysBefore), minute, dice.Of($"{workdaysBefore} {minute}"));
}
