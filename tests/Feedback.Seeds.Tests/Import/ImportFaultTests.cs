using Feedback.Seeds.Import;
using Xunit;

namespace Feedback.Seeds.Tests.Import;

public sealed class ImportFaultTests
{
    private static readonly string[] Rows = [.. Enumerable.Range(0, 700).Select(i => $"r{i},02/06/2021,Main,Desk {i % 3},1,")];

    private readonly ImportTrial _trial = new();

    [Fact]
    public async Task A_busy_window_is_asked_again_and_nothing_is_stored_twice()
    {
        var asked = 0;
        _trial.Windows.IsBusy = () => ++asked % 3 != 0;

        var outcome = await _trial.RunRowsAsync(Rows);

        Assert.Equal((700, 0, 0), (outcome.Accepted, outcome.Repeated, outcome.Rejected));
        Assert.Equal(700, _trial.Stored.Count());
    }

    [Fact]
    public async Task After_a_lost_answer_claims_are_sent_again_and_known_as_repeated()
    {
        var lost = 0;
        _trial.Windows.AfterStoring = () =>
        {
            if (lost++ < 2)
                throw new TimeoutException("No answer.");
        };

        var outcome = await _trial.RunRowsAsync(Rows);

        Assert.Equal((700, 0), (outcome.Accepted + outcome.Repeated, outcome.Rejected));
        Assert.True(outcome.Repeated > 0);
        Assert.Equal(700, _trial.Stored.Count());
    }

    [Fact]
    public async Task An_import_that_was_stopped_goes_on_where_it_was()
    {
        var submissions = 0;
        _trial.Windows.BeforeStoring = () =>
        {
            if (++submissions > 3)
                throw new TimeoutException("Away.");
        };
        var stopped = await Assert.ThrowsAsync<ImportStoppedException>(() => _trial.RunRowsAsync(Rows));
        Assert.Equal(500, stopped.SoFar.Accepted);
        _trial.Windows.BeforeStoring = () => { };

        var outcome = await _trial.RunRowsAsync(Rows);

        Assert.Equal((200, 500, 0), (outcome.Accepted, outcome.Repeated, outcome.Rejected));
        Assert.Equal(700, _trial.Stored.Count());
        Assert.Contains("run the same import again", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_about_places_that_is_taken_again_opens_each_once()
    {
        _trial.Bureau.Conflicts = 2;

        var outcome = await _trial.RunRowsAsync(Rows);

        Assert.Equal(5, outcome.NodesOpened);
        Assert.Equal(5, _trial.Bureau.Current.Tree.Count);
    }
}
