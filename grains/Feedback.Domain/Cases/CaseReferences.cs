using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Cases;

/// <summary>Which personal texts the events of cases point to.</summary>
public static class CaseReferences
{
    /// <summary>What the citizen said at first.</summary>
    public const string Text = "text";

    /// <summary>How the citizen can be reached.</summary>
    public const string Contact = "contact";

    /// <summary>A note of the office.</summary>
    public const string Note = "note";

    /// <summary>Words told to the citizen, or by them, or by the unit that appeals.</summary>
    public const string Words = "words";

    /// <summary>An attached file.</summary>
    public const string File = "file";

    /// <summary>The references of an event, each with what it is; none for events without personal text.</summary>
    public static IEnumerable<(string What, PersonalReference Reference)> Of(JournalEvent happened) => happened switch
    {
        CaseOpened e => [.. One(Text, e.Intake.Text), .. One(Contact, e.Intake.Contact)],
        CaseProgressed e => One(Note, e.Note),
        CaseHandled e => One(Note, e.Note),
        CaseAttached e => [(File, new PersonalReference(e.File, e.Hash))],
        CaseAppealed e => One(Words, e.Words),
        CaseFeedbackGiven e => One(Words, e.Words),
        CaseDisputed e => One(Words, e.Words),
        CaseCalledBack e => One(Words, e.Words),
        CaseReopened e => One(Words, e.Words),
        _ => [],
    };

    private static IEnumerable<(string, PersonalReference)> One(string what, PersonalReference? reference) => reference is null ? [] : [(what, reference)];
}
