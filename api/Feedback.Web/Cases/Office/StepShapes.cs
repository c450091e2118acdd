using System.Collections.Immutable;
using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Office;

/// <summary>Where the form of a step stands on the card.</summary>
public enum StepGroup
{
    /// <summary>办理.</summary>
    Work = 1,

    /// <summary>反馈.</summary>
    Answer,

    /// <summary>督办.</summary>
    Supervise,

    /// <summary>时限.</summary>
    Clocks,
}

/// <summary>What a field of a step's form is.</summary>
public enum FieldKind
{
    /// <summary>A line.</summary>
    Line = 1,

    /// <summary>Several lines: personal text, which is kept apart.</summary>
    Area,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>Yes or nothing.</summary>
    Check,

    /// <summary>A unit.</summary>
    Unit,

    /// <summary>A category.</summary>
    Category,

    /// <summary>A clock that runs.</summary>
    Clock,
}

/// <summary>A field of a step's form.</summary>
/// <param name="Name">Its name, as <see cref="StepInput"/> has it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Options">The words to choose from.</param>
public sealed record StepField(string Name, FieldKind Kind, params IReadOnlyList<string> Options)
{
    /// <summary>Whether it may be left empty.</summary>
    public bool Optional { get; init; }

    /// <summary>The first part of the names of the options' words, where it is not the field's own name.</summary>
    public string? Prefix { get; init; }
}

/// <summary>The form of a step.</summary>
/// <param name="Step">The step's word.</param>
/// <param name="Group">Where it stands.</param>
/// <param name="Fields">What it asks for.</param>
public sealed record StepShape(string Step, StepGroup Group, params IReadOnlyList<StepField> Fields);

/// <summary>The forms of the steps that people of the office do, each with only what it needs.</summary>
public static class StepShapes
{
    /// <summary>The step by which a case goes on as another one.</summary>
    public const string Merge = "merge";

    private static readonly char[] Between = [' ', ',', '，', '、', ';', '\n'];

    private static readonly StepField Reason = new("reason", FieldKind.Line);
    private static readonly StepField Clock = new("clock", FieldKind.Clock);
    private static readonly StepField Words = new("words", FieldKind.Area);

    private static readonly StepField[] Called =
    [
        new("reached", FieldKind.Choice, "yes", "no") { Prefix = "yes-no" },
        new("solved", FieldKind.Choice, "yes", "no") { Prefix = "yes-no", Optional = true },
        new("grade", FieldKind.Choice, "5", "4", "3", "2", "1") { Optional = true },
        Words with { Optional = true },
    ];

    /// <summary>Every form, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<StepShape> All =
    [
        new("sign-for", StepGroup.Work),
        new("return", StepGroup.Work, Reason),
        new("verify", StepGroup.Work, new StepField("finding", FieldKind.Choice, "true", "partly", "not")),
        new("note-progress", StepGroup.Work, Words, new StepField("told", FieldKind.Check)),
        new("handle", StepGroup.Work, new StepField("result", FieldKind.Choice, "solved", "partly-solved", "explained", "not-possible", "handed-on"), Words with { Optional = true }),
        new("dispatch", StepGroup.Work, new StepField("lead", FieldKind.Unit), new StepField("assisting", FieldKind.Line) { Optional = true }, Reason with { Optional = true }),
        new("categorise", StepGroup.Work, new StepField("category", FieldKind.Category)),
        new("name-owner", StepGroup.Work, new StepField("owner", FieldKind.Line)),
        new("name-persons", StepGroup.Work, new StepField("about", FieldKind.Line) { Optional = true }),
        new(Merge, StepGroup.Work, new StepField("into", FieldKind.Line)),
        new("appeal", StepGroup.Work, Reason, Words with { Optional = true }),
        new("give-feedback", StepGroup.Answer,
            new StepField("channel", FieldKind.Choice, "phone", "sms", "mail", "visit", "tracking") { Prefix = "way" },
            new StepField("outcome", FieldKind.Choice, "reached", "not-reached", "posted"),
            Words with { Optional = true }),
        new("call-back", StepGroup.Answer, Called),
        new("close", StepGroup.Answer),
        new("reopen", StepGroup.Answer, Reason, Words with { Optional = true }),
        new("decide-appeal", StepGroup.Supervise, new StepField("upheld", FieldKind.Choice, "yes", "no") { Prefix = "yes-no" }, Reason),
        new("exclude-rating", StepGroup.Supervise, Reason),
        new("urge", StepGroup.Supervise, Reason),
        new("supervise", StepGroup.Supervise, Reason),
        new("circulate", StepGroup.Supervise, Reason),
        new("withdraw", StepGroup.Supervise),
        new("city-call-back", StepGroup.Supervise, Called),
        new("send-back", StepGroup.Supervise, Reason),
        new("account-for", StepGroup.Supervise, new StepField("for", FieldKind.Choice, "overdue", "third-visit", "late-documents", "conduct", "other")),
        new("ask-extension", StepGroup.Clocks, Clock, new StepField("limit", FieldKind.Line), Reason),
        new("decide-extension", StepGroup.Clocks, new StepField("granted", FieldKind.Choice, "yes", "no") { Prefix = "yes-no" }, Reason with { Optional = true }),
        new("pause-clock", StepGroup.Clocks, Clock, Reason),
        new("resume-clock", StepGroup.Clocks, Clock),
        new("change-limit", StepGroup.Clocks, Clock, new StepField("limit", FieldKind.Line), Reason),
    ];

    /// <summary>The form of a step; null where people have none.</summary>
    public static StepShape? Find(string step) => All.FirstOrDefault(shape => shape.Step == step);

    /// <summary>How a field is called on a step's form; null where the form has none of that name.</summary>
    public static string? LabelOf(StepShape shape, string? field, PageWords words) =>
        shape.Fields.Any(one => one.Name == field) ? words.Find($"office-field-{shape.Step}-{field}") ?? words["office-field-" + field] : null;

    /// <summary>What is to be done next, by where the case stands; null where somebody else is awaited.</summary>
    public static string? NextOf(CaseState state) => state.Stage switch
    {
        CaseStage.Dispatched => "sign-for",
        CaseStage.Verifying => "verify",
        CaseStage.Registered or CaseStage.Handling => "handle",
        CaseStage.Appealed => "decide-appeal",
        CaseStage.Handled => "give-feedback",
        CaseStage.Answered => state.ToCallBack ? "call-back" : "close",
        CaseStage.Merged => state.AnswerOwed ? "give-feedback" : null,
        _ => null,
    };

    /// <summary>Reads what a form gave.</summary>
    public static StepInput Read(IReadOnlyDictionary<string, string> typed)
    {
        return new StepInput
        {
            Lead = Text("lead"),
            Assisting = Text("assisting") is { } units ? Parts(units) : [],
            Owner = Text("owner"),
            About = typed.TryGetValue("about", out var about) ? Parts(about) : null,
            Category = Text("category"),
            Into = Text("into"),
            Finding = Text("finding"),
            Upheld = Yes("upheld"),
            Result = Text("result"),
            Channel = Text("channel"),
            Outcome = Text("outcome"),
            Reached = Yes("reached"),
            Solved = Yes("solved"),
            Grade = Text("grade") is { } grade ? int.TryParse(grade, out var number) ? number : -1 : null,
            For = Text("for"),
            Clock = Text("clock"),
            Limit = Text("limit"),
            Granted = Yes("granted"),
            Told = Text("told") is not null,
            Reason = Text("reason"),
            Words = Text("words"),
        };

        string? Text(string name) => typed.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
        static ImmutableArray<string> Parts(string text) => [.. text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        bool? Yes(string name) => Text(name) switch { "yes" => true, "no" => false, _ => null };
    }
}
