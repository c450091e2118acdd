using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>Something that is brought to the office.</summary>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it comes in.</param>
/// <param name="Hall">The hall, counted from 0.</param>
/// <param name="Node">The node that it concerns.</param>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Phrase">The words.</param>
internal sealed record Filed(string Name, CaseKind Kind, CaseChannel Channel, int Hall, NodeId Node, long At, CasePhrase Phrase)
{
    /// <summary>The code of the member of staff complained of; null for nobody.</summary>
    public string? About { get; init; }

    /// <summary>How the citizen can be reached; null for an anonymous one.</summary>
    public string? Contact { get; init; }

    /// <summary>The city's number of an order; null for others.</summary>
    public string? Order { get; init; }

    /// <summary>Who receives it; null for whoever sits there.</summary>
    public CaseActor? Receiver { get; init; }
}

/// <summary>What became of complaints, suggestions, praise, questions and the hotline's orders.</summary>
/// <param name="people">Who works on them.</param>
/// <param name="times">When.</param>
/// <param name="dice">What the seed decides.</param>
/// <param name="until">The end, milliseconds UTC.</param>
internal sealed class FiledStories(CasePeople people, OfficeTimes times, Dice dice, long until)
{
    private const int Minute = 60_000;

    /// <summary>The whole story; null where it comes in after the end.</summary>
    public PlannedCase? Tell(Filed filed)
    {
        var random = dice.Of(filed.Name);
        var script = new CaseScript(dice.IdOf(filed.Name), filed.Kind, until);
        var owner = Open(script, filed, random);
        if (filed.Kind == CaseKind.HotlineOrder)
            return Order(script, filed, random).End();
        var taken = DaysTaken(filed.Kind, random);
        if (taken > 0 || filed.Kind == CaseKind.Complaint)
            Acknowledge(script, owner, random);
        WorkOn(script, owner, filed, taken, random);
        return Answer(script, owner, filed, random).End();
    }

    /// <summary>Opens it; afterwards somebody owns it.</summary>
    /// <returns>Who.</returns>
    public CaseActor Open(CaseScript script, Filed filed, Random random)
    {
        var fromOutside = filed.Channel is CaseChannel.Web or CaseChannel.Qr;
        var receiver = filed.Receiver ?? (filed.Order is not null ? CaseActor.City : fromOutside ? CaseActor.Citizen
            : filed.Channel == CaseChannel.Box ? people.Officer
            : people.Receiver(filed.Hall, filed.Channel == CaseChannel.Window, filed.About is not null, random));
        var intake = new CaseIntake
        {
            Number = "",
            Kind = filed.Kind,
            Channel = filed.Channel,
            Node = filed.Node,
            Lead = CaseRoutes.ByRules,
            Category = filed.Phrase.Category,
            External = filed.Order is { } number ? new ExternalNumber("12345", number) : null,
            About = filed.About is { } person ? [person] : [],
            Anonymous = filed.Contact is null,
            Language = "zh-CN",
        };
        var isOrder = filed.Kind == CaseKind.HotlineOrder;
        script.Then(
            new PastStep(filed.At, receiver, new OpenCase(intake)) { Words = filed.Phrase.Said, Contact = filed.Contact, WithQueryCode = !isOrder },
            isOrder ? CaseStage.Dispatched : CaseStage.Registered);
        if (isOrder || receiver.IsOffice)
            return receiver;
        var owner = filed.Hall == 0 && filed.About is null && random.Next(3) == 0 ? people.HallHead : people.Officer;
        script.Then(times.Soon(script.At, random), people.Supervisor, new NameOwner(owner), CaseStage.Registered);
        return owner;
    }

    /// <summary>The citizen is told on the same day that somebody looks into it.</summary>
    public void Acknowledge(CaseScript script, CaseActor owner, Random random) =>
        script.Then(times.Soon(script.At, random), owner, new NoteProgress(null, Told: true), CaseStage.Handling, CasePhrases.Receipt(random));

    /// <summary>Workdays of work, with a word to the citizen every few days, now and then a note among colleagues, and the claim that it is done.</summary>
    public void WorkOn(CaseScript script, CaseActor owner, Filed filed, int workdays, Random random)
    {
        var left = workdays;
        for (; left > 4; left -= 4)
        {
            var (at, isNoted) = (times.Later(script.At, 4, random), random.Next(2) == 1);
            script.Then(at, owner, new NoteProgress(null, Told: true), CaseStage.Handling, CasePhrases.Progress(random));
            if (isNoted)
                script.Then(at + Minute, owner, new NoteProgress(null, Told: false), CaseStage.Handling, "已与相关窗口核对办理记录。");
        }

        var result = filed.Kind switch
        {
            CaseKind.Praise => "handed-on",
            CaseKind.Question => "explained",
            _ => random.Next(100) switch { < 60 => "solved", < 80 => "explained", < 94 => "partly-solved", _ => "not-possible" },
        };
        script.Then(times.Later(script.At, left, random), owner, new HandleCase(result), CaseStage.Handled, filed.Phrase.Answer);
    }

    /// <summary>The citizen is told the answer and called back, and the case is closed.</summary>
    public CaseScript Answer(CaseScript script, CaseActor owner, Filed filed, Random random)
    {
        var way = random.Next(10) switch { < 6 => "phone", < 8 => "sms", < 9 => "mail", _ => "visit" };
        if (filed.Contact is null)
        {
            return script.Then(times.Soon(script.At, random), owner, new GiveFeedback("tracking", FeedbackOutcome.Posted, null), CaseStage.Answered, filed.Phrase.Answer)
                .Then(script.At + Minute, owner, new CloseCase(), CaseStage.Closed);
        }

        if (random.Next(100) < 4)
            return Unreachable(script, owner, random);
        script.Then(times.Soon(script.At, random), owner, new GiveFeedback(way, FeedbackOutcome.Reached, null), CaseStage.Answered, filed.Phrase.Answer);
        if (random.Next(100) < 15)
            return script.Then(script.At + ((20 + random.Next(200)) * Minute), CaseActor.Citizen, new ConfirmCase((Grade)(4 + random.Next(2))), CaseStage.Closed);
        if (filed.Kind == CaseKind.Complaint)
            CallBack(script, owner, filed, random);
        return script.Then(script.At + (2 * Minute), owner, new CloseCase(), CaseStage.Closed);
    }

    private void CallBack(CaseScript script, CaseActor owner, Filed filed, Random random)
    {
        if (random.Next(100) < 8)
        {
            // Not solved, they say: one more round.
            script.Then(times.Later(script.At, 1 + random.Next(3), random), people.Officer, new CallCitizenBack(true, Solved: false, Grade.Dissatisfied), CaseStage.Handling, "市民表示问题没有完全解决。")
                .Then(times.Later(script.At, 1 + random.Next(3), random), owner, new HandleCase("solved"), CaseStage.Handled, CasePhrases.Rectification(random))
                .Then(times.Soon(script.At, random), owner, new GiveFeedback("phone", FeedbackOutcome.Reached, null), CaseStage.Answered, filed.Phrase.Answer);
        }

        script.Then(
            times.Later(script.At, 1 + random.Next(3), random), people.Officer,
            new CallCitizenBack(true, Solved: true, (Grade)(random.Next(10) == 0 ? 3 : 4 + random.Next(2))), CaseStage.Answered, CasePhrases.Heard(random));
    }

    private CaseScript Unreachable(CaseScript script, CaseActor owner, Random random)
    {
        script.Then(times.Soon(script.At, random), owner, new GiveFeedback("phone", FeedbackOutcome.NotReached, null), CaseStage.Handled)
            .Then(times.Later(script.At, 1, random), owner, new GiveFeedback("phone", FeedbackOutcome.NotReached, null), CaseStage.Handled)
            .Then(times.Later(script.At, 1, random), owner, new GiveFeedback("sms", FeedbackOutcome.NotReached, null), CaseStage.Answered);
        return script.Then(script.At + Minute, owner, new CloseCase(), CaseStage.Closed);
    }

    private CaseScript Order(CaseScript script, Filed filed, Random random)
    {
        script.Then(times.Soon(script.At, random), people.Officer, new SignForCase(), CaseStage.Handling);
        Acknowledge(script, people.Officer, random);
        WorkOn(script, people.Officer, filed, random.Next(100) < 7 ? 7 + random.Next(4) : 1 + random.Next(3), random);
        script.Then(times.Soon(script.At, random), people.Officer, new GiveFeedback("phone", FeedbackOutcome.Reached, null), CaseStage.Answered, filed.Phrase.Answer);
        if (random.Next(100) < 8)
        {
            script.Then(times.Later(script.At, 1, random), CaseActor.City, new CallCitizenBack(true, Solved: false, Grade.Dissatisfied), CaseStage.Answered)
                .Then(script.At + (5 * Minute), CaseActor.City, new SendBackCase("市民表示未解决"), CaseStage.Handling)
                .Then(times.Later(script.At, 1 + random.Next(2), random), people.Officer, new HandleCase("solved"), CaseStage.Handled, CasePhrases.Rectification(random))
                .Then(times.Soon(script.At, random), people.Officer, new GiveFeedback("phone", FeedbackOutcome.Reached, null), CaseStage.Answered, filed.Phrase.Answer);
        }

        // The city finds that some are not solved, and leaves it at that.
        var isSolved = random.Next(100) >= 6;
        return script.Then(
                times.Later(script.At, 1 + random.Next(3), random), CaseActor.City,
                new CallCitizenBack(true, isSolved, isSolved ? (Grade)(3 + random.Next(3)) : Grade.Dissatisfied), CaseStage.Answered)
            .Then(times.Soon(script.At, random), people.Officer, new CloseCase(), CaseStage.Closed);
    }

    // Most are done in time; one complaint of fourteen is not.
    private static int DaysTaken(CaseKind kind, Random random) => kind switch
    {
        CaseKind.Complaint => random.Next(14) == 0 ? 16 + random.Next(4) : 1 + random.Next(7),
        CaseKind.Suggestion => random.Next(30) == 0 ? 16 + random.Next(3) : 2 + random.Next(8),
        CaseKind.Praise => random.Next(3),
        _ => random.Next(2),
    };
}
