using System.Globalization;
using Feedback.Api.Problems;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Paper;
using Feedback.Grains.Paper;
using Feedback.Grains.Registers;

namespace Feedback.Api.Paper;

/// <summary>A share with both its counts.</summary>
/// <param name="Value">From 0 to 1; null where nothing was counted.</param>
/// <param name="Count">The counted part.</param>
/// <param name="Of">What it is a part of.</param>
public sealed record PaperRateView(double? Value, int Count, int Of)
{
    internal static PaperRateView Share(int count, int of) => new(of == 0 ? null : (double)count / of, count, of);
}

/// <summary>A form that cannot be counted.</summary>
/// <param name="Form">Its number.</param>
/// <param name="Reason">Why: blank, illegible, no-grade, two-grades, torn, twice, not-ours or other.</param>
public sealed record SpoiltFormView(int Form, string Reason);

/// <summary>What somebody read from a form.</summary>
/// <param name="Window">The window's id.</param>
/// <param name="Day">The local day.</param>
/// <param name="Grade">The overall grade.</param>
/// <param name="Dimensions">Grades by the code of the dimension.</param>
/// <param name="ServiceItem">The service item's code, or null.</param>
/// <param name="Comment">Whether the citizen wrote something.</param>
/// <param name="By">Who keyed it.</param>
public sealed record PaperReadingView(string Window, DateOnly Day, int Grade, IReadOnlyDictionary<string, int> Dimensions, string? ServiceItem, bool Comment, string By)
{
    internal static PaperReadingView Of(PaperAnswers answers, PaperStamp stamp) => new(
        answers.Window.Value, answers.Day, (int)answers.Grade, answers.Dimensions.ToDictionary(one => one.Code, one => (int)one.Grade), answers.ServiceItem, answers.HasComment, stamp.By);
}

/// <summary>A form whose two keyings differ, while nobody said which is right.</summary>
/// <param name="Form">Its number.</param>
/// <param name="Fields">Where they differ.</param>
/// <param name="First">What was keyed first, and counts.</param>
/// <param name="Second">What was keyed to check it.</param>
public sealed record PaperDisputeView(int Form, IReadOnlyList<string> Fields, PaperReadingView First, PaperReadingView Second);

/// <summary>The end of a batch.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who closed it.</param>
/// <param name="Reason">Why not as many forms were keyed and spoilt as were counted; null where they were.</param>
public sealed record PaperClosingView(DateTimeOffset At, string By, string? Reason)
{
    internal static PaperClosingView? Of(PaperBatchClosed? closed) =>
        closed is null ? null : new PaperClosingView(DateTimeOffset.FromUnixTimeMilliseconds(closed.Stamp.At), closed.Stamp.By, closed.Reason);
}

/// <summary>A batch of printed forms.</summary>
/// <param name="Id">Its number, as it is printed on every form.</param>
/// <param name="Node">The place whose forms they are.</param>
/// <param name="From">The first local day of the period.</param>
/// <param name="Through">The last one.</param>
/// <param name="Issued">How many forms were handed out.</param>
/// <param name="Collected">How many came back, counted by hand; null while they are not counted.</param>
/// <param name="Counters">The two accounts that counted them.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="Version">Its version: its ETag.</param>
/// <param name="Valid">Forms that are stored as evaluations.</param>
/// <param name="Spoilt">Forms that cannot be counted.</param>
/// <param name="Difference">Collected less valid less spoilt: 0 where the counts agree.</param>
/// <param name="ReturnRate">回收率: collected of issued.</param>
/// <param name="ValidRate">有效率: valid of collected.</param>
/// <param name="SpoiltForms">Forms that cannot be counted, with why.</param>
/// <param name="Begun">Forms of which it is not known whether their window stored them: key them again.</param>
/// <param name="ToRecheck">Forms of the sample that are to be keyed a second time.</param>
/// <param name="Disputes">Forms whose two keyings differ.</param>
/// <param name="Closing">The end; null while it is open.</param>
public sealed record PaperBatchView(
    string Id, NodeLabel Node, DateOnly From, DateOnly Through, int Issued, int? Collected, IReadOnlyList<string> Counters, DateTimeOffset OpenedAt, string OpenedBy,
    long Version, int Valid, int Spoilt, int Difference, PaperRateView ReturnRate, PaperRateView ValidRate, IReadOnlyList<SpoiltFormView> SpoiltForms,
    IReadOnlyList<int> Begun, IReadOnlyList<int> ToRecheck, IReadOnlyList<PaperDisputeView> Disputes, PaperClosingView? Closing)
{
    internal static PaperBatchView Of(PaperState state, NodeLabel node)
    {
        var (opened, collected) = (state.Opened!, state.Counted?.Collected);
        return new PaperBatchView(
            state.Id.Value, node, opened.From, opened.Through, opened.Issued, collected, state.Counted?.Counters ?? [], DateTimeOffset.FromUnixTimeMilliseconds(opened.Stamp.At), opened.Stamp.By,
            state.Version, state.Valid, state.Spoilt, state.Difference, PaperRateView.Share(collected ?? 0, collected is null ? 0 : opened.Issued), PaperRateView.Share(state.Valid, collected ?? 0),
            [.. state.Forms.Values.Where(form => form.Spoilt is not null).Select(form => new SpoiltFormView(form.Number, form.Spoilt!))],
            [.. state.Begun.Select(form => form.Number)],
            state.Closed is null ? [.. state.ToRecheck] : [],
            [.. state.Disputed.Select(form => new PaperDisputeView(
                form.Number, form.Recheck!.Differences, PaperReadingView.Of(form.Keyed!.Answers, form.Keyed.Stamp), PaperReadingView.Of(form.Recheck.Answers, form.Recheck.Stamp)))],
            PaperClosingView.Of(state.Closed));
    }
}

/// <summary>A batch of printed forms in a list; everything else is told of the batch alone.</summary>
/// <param name="Id">Its number, as it is printed on every form.</param>
/// <param name="Node">The place whose forms they are.</param>
/// <param name="From">The first local day of the period.</param>
/// <param name="Through">The last one.</param>
/// <param name="Issued">How many forms were handed out.</param>
/// <param name="Collected">How many came back, counted by hand; null while they are not counted.</param>
/// <param name="Counters">The two accounts that counted them.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="Version">Its version: its ETag.</param>
/// <param name="Valid">Forms that are stored as evaluations.</param>
/// <param name="Spoilt">Forms that cannot be counted.</param>
/// <param name="Difference">Collected less valid less spoilt: 0 where the counts agree.</param>
/// <param name="ReturnRate">回收率: collected of issued.</param>
/// <param name="ValidRate">有效率: valid of collected.</param>
/// <param name="Closing">The end; null while it is open.</param>
public sealed record PaperLineView(
    string Id, NodeLabel Node, DateOnly From, DateOnly Through, int Issued, int? Collected, IReadOnlyList<string> Counters, DateTimeOffset OpenedAt, string OpenedBy,
    long Version, int Valid, int Spoilt, int Difference, PaperRateView ReturnRate, PaperRateView ValidRate, PaperClosingView? Closing)
{
    internal static PaperLineView Of(PaperLine line, NodeLabel node)
    {
        var (opened, collected) = (line.Opened, line.Counted?.Collected);
        return new PaperLineView(
            line.Id.Value, node, opened.From, opened.Through, opened.Issued, collected, line.Counted?.Counters ?? [], DateTimeOffset.FromUnixTimeMilliseconds(opened.Stamp.At), opened.Stamp.By,
            line.Version, line.Valid, line.Spoilt, line.Difference, PaperRateView.Share(collected ?? 0, collected is null ? 0 : opened.Issued), PaperRateView.Share(line.Valid, collected ?? 0),
            PaperClosingView.Of(line.Closed));
    }
}

/// <summary>Batches, those opened last first.</summary>
/// <param name="Batches">A page of them.</param>
/// <param name="Next">What to send as 'after' for those that were opened before; null when there are none.</param>
public sealed record PaperBatchList(IReadOnlyList<PaperLineView> Batches, string? Next);

/// <summary>Why a form is not stored.</summary>
/// <param name="Form">Its number.</param>
/// <param name="Code">The code of the problem.</param>
/// <param name="Field">What must be mended; null where it is not one member.</param>
/// <param name="Title">The problem in words.</param>
/// <param name="Retryable">Whether the same may be sent again.</param>
public sealed record RefusedFormView(int Form, string Code, string? Field, string Title, bool Retryable)
{
    internal static RefusedFormView Of(int form, Refusal refusal, CultureInfo culture) => new(form, refusal.Code, refusal.Field, Problem.TitleOf(refusal, culture), refusal.Retryable);
}

/// <summary>What became of forms that were keyed.</summary>
/// <param name="Stored">How many are stored now.</param>
/// <param name="Repeated">How many were stored before.</param>
/// <param name="Refused">Those that are not stored.</param>
/// <param name="Batch">The batch afterwards.</param>
public sealed record KeyedFormsView(int Stored, int Repeated, IReadOnlyList<RefusedFormView> Refused, PaperBatchView Batch);

/// <summary>What became of a file.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Stored">How many forms are stored now.</param>
/// <param name="Repeated">How many were stored before.</param>
/// <param name="Spoilt">How many cannot be counted.</param>
/// <param name="Refused">Forms that are not stored.</param>
/// <param name="Errors">What is wrong with the file; then nothing of it was taken.</param>
/// <param name="Batch">The batch afterwards.</param>
public sealed record PaperFileView(
    int Rows, int Stored, int Repeated, int Spoilt, IReadOnlyList<RefusedFormView> Refused, IReadOnlyList<RegisterError> Errors, PaperBatchView Batch);
