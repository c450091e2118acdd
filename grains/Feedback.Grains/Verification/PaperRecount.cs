using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>Recounts a batch of printed forms: every form that is told to be stored is, at its window and as it is told; a closing counted what was there.</summary>
internal sealed class PaperRecount(PaperBatchId batch, IJournal journal, ICollection<Finding> findings)
{
    private PaperState? _state = new(batch);

    /// <summary>Takes the next event of its stream.</summary>
    public void Apply(long version, JournalEvent happened)
    {
        try
        {
            _state = _state?.Apply(happened);
        }
        catch (UnknownKindException)
        {
            Find($"version {version} is no event of a batch");
            _state = null;
        }
    }

    /// <summary>Compares, once its stream was read.</summary>
    public async Task FinishAsync()
    {
        if (_state is not { } state)
            return;
        if (state.Closed is { } closed && (closed.Valid, closed.Spoilt) != (state.Valid, state.Spoilt))
            Find(string.Create(CultureInfo.InvariantCulture, $"closed with {closed.Valid} valid and {closed.Spoilt} spoilt forms, and there are {state.Valid} and {state.Spoilt}"));
        foreach (var keyed in state.Forms.Values.Select(form => form.Keyed).OfType<PaperFormKeyed>())
        {
            if (!await IsStoredAsync(keyed))
                Find(string.Create(CultureInfo.InvariantCulture, $"form {keyed.Form} is not what window {keyed.Answers.Window} stored at version {keyed.Evaluation}"));
        }
    }

    private async Task<bool> IsStoredAsync(PaperFormKeyed keyed) =>
        await journal.FindAsync(StreamName.Window(keyed.Answers.Window), keyed.Evaluation) is var (row, _)
        && EventText.Read(row.Elements()[(int)(keyed.Evaluation - row.Version)]) is EvaluationAccepted stored
        && (stored.Evaluation.Source, stored.Evaluation.Id) == (batch.Source, PaperAnswers.IdOf(keyed.Form, keyed.Attempt))
        && PaperAnswers.Of(stored, stored.Admission.Day).SaysTheSameAs(keyed.Answers);

    private void Find(string what) => findings.Add(new Finding(StreamName.Paper(batch).Value, what));
}
