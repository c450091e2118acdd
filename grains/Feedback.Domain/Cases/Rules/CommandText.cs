using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>
/// Commands and who gives them as canonical text, in which they travel to a case: every release can read the words of the one before,
/// and what a later one adds is left out. References to personal text are not in it; the case itself makes them.
/// </summary>
public static class CommandText
{
    private const string Open = "open";

    private static readonly FrozenDictionary<string, Codec> Codecs = All().ToFrozenDictionary(codec => codec.Word);

    private static readonly FrozenDictionary<Type, Codec> ByType = Codecs.Values.ToFrozenDictionary(codec => codec.Type);

    private sealed record Codec(string Word, Type Type, Action<CanonicalWriter, CaseCommand> Write, Func<JsonElement, CaseCommand> Read);

    /// <summary>The text of a command.</summary>
    public static string Write(CaseCommand command)
    {
        var codec = ByType[command.GetType()];
        var text = new CanonicalWriter().BeginObject().Member("step"u8, codec.Word);
        codec.Write(text, command);
        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads what <see cref="Write(CaseCommand)"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else, or a command of a later release.</exception>
    public static CaseCommand Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return EventReading.Whole(document.RootElement, root => Codecs.TryGetValue(root.Text("step"), out var codec)
            ? codec.Read(root)
            : throw new FormatException($"There is no step '{root.Text("step")}'."));
    }

    /// <summary>The text of who acts.</summary>
    public static string Write(CaseActor actor)
    {
        var text = new CanonicalWriter().BeginObject();
        ActorText.Write(text, actor);
        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads what <see cref="Write(CaseActor)"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CaseActor ReadActor(string text)
    {
        using var document = JsonDocument.Parse(text);
        return EventReading.Whole(document.RootElement, ActorText.Read);
    }

    private static IEnumerable<Codec> All() =>
    [
        new Codec(
            Open, typeof(OpenCase),
            (text, c) =>
            {
                var open = (OpenCase)c;
                IntakeText.Write(text, open.Intake);
                text.Member("limit"u8, open.Limit).Member("due"u8, open.Due);
            },
            text => new OpenCase(IntakeText.Read(text)) { Limit = text.TextOrNull("limit"), Due = text.NumberOrNull("due") }),
        Of<DispatchCase>(
            (text, c) => text.Member("lead"u8, c.Lead.Value).Member("assisting"u8, [.. c.Assisting.Select(node => node.Value)]).Member("reason"u8, c.Reason),
            text => new(text.Node("lead"), [.. text.Texts("assisting").Select(node => new NodeId(node))], text.TextOrNull("reason"))),
        Of<NameOwner>((text, c) => ActorText.Write(text, c.Owner), text => new(ActorText.Read(text))),
        Of<NamePersons>((text, c) => text.Member("staff"u8, c.Staff), text => new(text.Texts("staff"))),
        Of<SignForCase>((_, _) => { }, _ => new()),
        Of<ReturnCase>(Reason, text => new(text.Text("reason"))),
        Of<WithdrawCase>((_, _) => { }, _ => new()),
        Of<CategoriseCase>((text, c) => text.Member("category"u8, c.Category), text => new(text.Text("category"))),
        Of<MergeCase>(
            (text, c) => text.Member("into"u8, c.Into.Value).Member("stage"u8, c.IntoStage?.Word()),
            text => new(text.Case("into"), text.TextOrNull("stage") is { } word ? CaseTexts.Known("stage", CaseWords.StageOf(word)) : null)),
        Of<AbsorbCase>(
            (text, c) => text.Member("other"u8, c.Other.Value).Member("with"u8, [.. c.With.Select(other => other.Value)]).Member("about"u8, c.About),
            text => new(text.Case("other"), [.. text.Texts("with").Select(other => new CaseId(other))]) { About = text.Texts("about") }),
        Of<NoteProgress>((text, c) => text.Flag("told"u8, c.Told), text => new(null, text.Flag("told"))),
        Of<AttachFile>((text, c) => text.Member("type"u8, c.Type), text => new(default, text.Text("type"), 0, default)),
        Of<VerifyRating>((text, c) => text.Member("finding"u8, c.Finding.Word()), text => new(CaseTexts.Known("finding", CaseWords.FindingOf(text.Text("finding"))))),
        Of<AppealRating>(Reason, text => new(text.Text("reason"))),
        Of<DecideAppeal>((text, c) => Reason(text.Flag("upheld"u8, c.Upheld), c), text => new(text.Flag("upheld"), text.Text("reason"))),
        Of<ExcludeBadRating>(Reason, text => new(text.Text("reason"))),
        Of<HandleCase>((text, c) => text.Member("result"u8, c.Result), text => new(text.Text("result"))),
        Of<GiveFeedback>(
            (text, c) => text.Member("channel"u8, c.Channel).Member("outcome"u8, c.Outcome.Word()),
            text => new(text.Text("channel"), CaseTexts.Known("outcome", CaseWords.OutcomeOf(text.Text("outcome"))), null)),
        Of<ConfirmCase>((text, c) => text.Member("grade"u8, (long?)(byte?)c.Grade), text => new(text.GradeOrNull("grade"))),
        Of<DisputeCase>((_, _) => { }, _ => new()),
        Of<CallCitizenBack>(
            (text, c) => text.Flag("reached"u8, c.Reached).Member("solved"u8, c.Solved is { } solved ? solved ? 1 : 0 : null).Member("grade"u8, (long?)(byte?)c.Grade),
            text => new(text.Flag("reached"), text.NumberOrNull("solved", 0, 1) is { } solved ? solved == 1 : null, text.GradeOrNull("grade"))),
        Of<CityCalledBack>(
            (text, c) => text.Flag("reached"u8, c.Reached).Member("solved"u8, c.Solved is { } solved ? solved ? 1 : 0 : null).Member("grade"u8, (long?)(byte?)c.Grade),
            text => new(text.Flag("reached"), text.NumberOrNull("solved", 0, 1) is { } solved ? solved == 1 : null, text.GradeOrNull("grade"))),
        Of<SendBackCase>(Reason, text => new(text.Text("reason"))),
        Of<CloseCase>((_, _) => { }, _ => new()),
        Of<CloseImported>((_, _) => { }, _ => new()),
        Of<ReopenCase>(Reason, text => new(text.Text("reason"))),
        Of<UrgeCase>(Reason, text => new(text.Text("reason"))),
        Of<SuperviseCase>(Reason, text => new(text.Text("reason"))),
        Of<CirculateCase>(Reason, text => new(text.Text("reason"))),
        Of<OpenAccountability>(
            (text, c) => text.Member("for"u8, c.For).Member("clock"u8, c.Clock?.Word()).Member("deadline"u8, c.Deadline),
            text => new(text.Text("for"), text.TextOrNull("clock") is { } word ? CaseTexts.Known("clock", ClockWords.ClockOf(word)) : null, text.NumberOrNull("deadline"))),
        Of<WarnOfDeadline>((text, c) => text.Member("clock"u8, c.Clock.Word()).Member("deadline"u8, c.Deadline), text => new(Clock(text), text.Number("deadline"))),
        Of<EscalateCase>(
            (text, c) => text.Member("clock"u8, c.Clock.Word()).Member("level"u8, c.Level).Member("to"u8, c.To),
            text => new(Clock(text), (int)text.Number("level"), text.Text("to"))),
        Of<PauseClock>((text, c) => Reason(text.Member("clock"u8, c.Clock.Word()), c), text => new(Clock(text), text.Text("reason"))),
        Of<ResumeClock>((text, c) => text.Member("clock"u8, c.Clock.Word()), text => new(Clock(text))),
        Of<ChangeLimit>((text, c) => Reason(text.Member("clock"u8, c.Clock.Word()).Member("limit"u8, c.Limit), c), text => new(Clock(text), text.Text("limit"), text.Text("reason"))),
        Of<AskExtension>((text, c) => Reason(text.Member("clock"u8, c.Clock.Word()).Member("limit"u8, c.Limit), c), text => new(Clock(text), text.Text("limit"), text.Text("reason"))),
        Of<DecideExtension>((text, c) => text.Flag("granted"u8, c.Granted).Member("reason"u8, c.Reason), text => new(text.Flag("granted"), text.TextOrNull("reason"))),
    ];

    private static Codec Of<T>(Action<CanonicalWriter, T> write, Func<JsonElement, T> read)
        where T : CaseCommand =>
        new(CaseTable.Steps.First(step => step.Command == typeof(T)).Word, typeof(T), (text, command) => write(text, (T)command), read);

    private static void Reason(CanonicalWriter text, ReasonedCommand command) => text.Member("reason"u8, command.Reason);

    private static ClockKind Clock(JsonElement text) => CaseTexts.Known("clock", ClockWords.ClockOf(text.Text("clock")));
}
