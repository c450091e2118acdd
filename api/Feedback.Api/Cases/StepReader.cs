using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>What somebody gives for a step; each step takes some of it.</summary>
/// <param name="Id">The client's own id of the request, at most 100 characters: a retry carries the same and is done once.</param>
/// <param name="Lead">dispatch: the id or path of the lead unit.</param>
/// <param name="Assisting">dispatch: ids or paths of the units that help.</param>
/// <param name="Owner">name-owner: the name of an account.</param>
/// <param name="About">name-persons: the codes of all members of staff complained of, in place of those named before; an empty list for nobody.</param>
/// <param name="Category">categorise: the code.</param>
/// <param name="Into">merge: the id or number of the case that goes on.</param>
/// <param name="Finding">verify: true, partly or not.</param>
/// <param name="Upheld">decide-appeal: whether it was right.</param>
/// <param name="Result">handle: the result's code.</param>
/// <param name="Channel">give-feedback: how the citizen was told: phone, sms, mail, visit or tracking.</param>
/// <param name="Outcome">give-feedback: reached, not-reached or posted.</param>
/// <param name="Reached">call-back, city-call-back: whether somebody answered.</param>
/// <param name="Solved">call-back, city-call-back: whether it is solved, as the citizen said.</param>
/// <param name="Grade">confirm, call-back, city-call-back: how satisfied the citizen is, 5 to 1.</param>
/// <param name="For">account-for: what for.</param>
/// <param name="Clock">Steps of clocks: the clock's word.</param>
/// <param name="Limit">change-limit, ask-extension: a limit such as 5wd.</param>
/// <param name="Granted">decide-extension: whether there is more time.</param>
/// <param name="Told">note-progress: whether the citizen was told it.</param>
/// <param name="Reason">Why; 2 to 500 characters, kept without what gives persons away.</param>
/// <param name="Words">What was said or done, at most 10,000 characters; kept apart and encrypted.</param>
public sealed record CaseStepBody(
    string? Id, string? Lead, IReadOnlyList<string>? Assisting, string? Owner, IReadOnlyList<string>? About, string? Category, string? Into, string? Finding, bool? Upheld, string? Result,
    string? Channel, string? Outcome, bool? Reached, bool? Solved, int? Grade, string? For, string? Clock, string? Limit, bool? Granted, bool? Told,
    string? Reason, string? Words);

/// <summary>Reads what somebody gives for a step; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class StepReader
{
    /// <summary>The longest id of a request.</summary>
    public const int LongestId = 100;

    /// <summary>The id of a request whose body is a file, in its address; null for none.</summary>
    /// <exception cref="RefusedException">It is too long, or unfit.</exception>
    public static string? IdIn(IQueryCollection query) => query["id"].ToString() is { Length: > 0 } own ? Members.Kept(own, "id", LongestId, multiline: false) : null;

    private const int LongestCode = 64;
    private const int MostUnits = 20;

    /// <summary>Reads a body.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static (string? Id, StepInput Input) Read(JsonElement body) => Read(body, _ => true);

    /// <summary>Reads the body of somebody who gives less.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isTheirs">Whether they may give a member, by its name; all may give an id.</param>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static (string? Id, StepInput Input) Read(JsonElement body, Func<string, bool> isTheirs)
    {
        string? id = null;
        var input = new StepInput();
        BodyMembers.Each(body, (name, value) =>
        {
            if (name == "id")
                id = OptionalMember.Text(value, name, LongestId);
            else if (isTheirs(name) && With(input, name, value) is { } more)
                input = more;
            else
                return false;
            return true;
        });
        return (id, input);
    }

    private static StepInput? With(StepInput input, string name, JsonElement value) => name switch
    {
        "lead" => input with { Lead = OptionalMember.Text(value, name, EvaluationReader.LongestPath) },
        "assisting" => input with { Assisting = OptionalMember.List(value, name, MostUnits, (unit, at) => Members.Text(unit, at, EvaluationReader.LongestPath)) ?? [] },
        "owner" => input with { Owner = OptionalMember.Text(value, name, LongestCode) },
        "about" => input with { About = OptionalMember.Codes(value, name, FilingReader.MostPersons, EvaluationReader.LongestCode) },
        "category" => input with { Category = OptionalMember.Code(value, name, LongestCode) },
        "into" => input with { Into = OptionalMember.Text(value, name, LongestCode) },
        "finding" => input with { Finding = OptionalMember.Text(value, name, LongestCode) },
        "upheld" => input with { Upheld = OptionalMember.Flag(value, name) },
        "result" => input with { Result = OptionalMember.Code(value, name, LongestCode) },
        "channel" => input with { Channel = OptionalMember.Code(value, name, LongestCode) },
        "outcome" => input with { Outcome = OptionalMember.Text(value, name, LongestCode) },
        "reached" => input with { Reached = OptionalMember.Flag(value, name) },
        "solved" => input with { Solved = OptionalMember.Flag(value, name) },
        "grade" => input with { Grade = OptionalMember.Grade(value, name) },
        "for" => input with { For = OptionalMember.Code(value, name, LongestCode) },
        "clock" => input with { Clock = OptionalMember.Text(value, name, LongestCode) },
        "limit" => input with { Limit = OptionalMember.Text(value, name, LongestCode) },
        "granted" => input with { Granted = OptionalMember.Flag(value, name) },
        "told" => input with { Told = OptionalMember.Flag(value, name) },
        "reason" => input with { Reason = OptionalMember.Text(value, name, ReasonReader.Longest) },
        "words" => input with { Words = OptionalMember.Text(value, name, CaseRequest.LongestText, multiline: true) },
        _ => null,
    };
}
