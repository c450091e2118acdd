using Feedback.Domain.Evaluations;
using Feedback.Seeds.Import;
using Xunit;

namespace Feedback.Seeds.Tests.Import;

/// <summary>The Friends and Family Test answers of one trust, as they are. The figures were counted by a script of their own, apart from this code.</summary>
public sealed class FriendsAndFamilyTests
{
    private const string FileName = "fft-nhft.csv";

    private readonly ImportTrial _trial = new();

    private async Task<ImportOutcome> RunAsync()
    {
        using var file = new StreamReader(SharedFileFactAttribute.PathOf(FileName)!);
        return await _trial.RunAsync(file, ImportMapping.BuiltIn("fft")!, "fft-nhft");
    }

    [SharedFileFact(FileName)]
    public async Task The_file_goes_in_as_it_is()
    {
        var outcome = await RunAsync();

        Assert.Equal((2764, 1482, 1482, 0, 0), (outcome.Rows, outcome.Respondents, outcome.Accepted, outcome.Repeated, outcome.Rejected));
        Assert.Equal([91L, 62, 73, 251, 812], outcome.Grades.Values);
        Assert.Equal(193, outcome.Declined);
        Assert.Equal((new DateOnly(2021, 6, 2), new DateOnly(2022, 5, 31)), (outcome.From, outcome.To));
        Assert.Empty(_trial.Errors);
    }

    [SharedFileFact(FileName)]
    public async Task Satisfaction_is_1136_of_1289()
    {
        var outcome = await RunAsync();

        var good = outcome.Grades.Where(one => one.Key >= Grade.FairlySatisfied).Sum(one => one.Value);
        Assert.Equal((1136, 1289), (good, outcome.Grades.Values.Sum()));
        Assert.Equal(0.8813, (double)good / outcome.Grades.Values.Sum(), 4);
    }

    [SharedFileFact(FileName)]
    public async Task One_district_5_halls_and_30_windows_are_opened()
    {
        var outcome = await RunAsync();

        var tree = _trial.Bureau.Current.Tree;
        Assert.Equal((36, 36), (outcome.NodesOpened, tree.Count));
        // The district, its halls, their windows: three levels, told by the number of steps in their paths.
        Assert.Equal([1, 5, 30], tree.Nodes.GroupBy(node => tree.PathOf(node.Id).Split('/').Length).OrderBy(level => level.Key).Select(level => level.Count()));
        Assert.NotNull(tree.Find("nhft/local-partnerships-mh/adult-mental-health"));
        Assert.NotNull(tree.Find("nhft/forensic/high-secure-womens-service"));
    }

    [SharedFileFact(FileName)]
    public async Task The_second_run_changes_nothing()
    {
        var first = await RunAsync();
        var second = await RunAsync();

        Assert.Equal((0, 1482, 0, 0), (second.Accepted, second.Repeated, second.Rejected, second.NodesOpened));
        Assert.Equal(first.Grades, second.Grades);
        Assert.Equal(1482, _trial.Stored.Count());
    }
}
