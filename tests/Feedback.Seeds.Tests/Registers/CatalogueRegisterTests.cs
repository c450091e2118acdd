using System.Text;
using Feedback.Grains.Registers;
using Xunit;

namespace Feedback.Seeds.Tests.Registers;

public sealed class CatalogueRegisterTests
{
    private readonly RegisterTrial _trial = new();

    [Fact]
    public async Task Service_items_are_added_renamed_and_taken_out_of_rating()
    {
        const string Items = "编号,名称,英文名称,是否评价\n440-07,货运许可,Freight,\nenquiry,咨询,,否\n";
        Assert.Equal(2, (await _trial.ImportAsync(Items, RegisterKind.ServiceItems)).Changes.Count);
        Assert.Equal(2, (await _trial.ImportAsync(Items, RegisterKind.ServiceItems)).Unchanged);

        var outcome = await _trial.ImportAsync("编号,名称,是否评价\n440-07,道路货运许可,\nenquiry,咨询,是\n", RegisterKind.ServiceItems);

        Assert.Equal([RegisterAction.Renamed, RegisterAction.Changed], outcome.Changes.Select(change => change.Action));
        var items = _trial.Bureau.Current.Catalogue.ServiceItems;
        Assert.Equal(("道路货运许可", "Freight", true), (items["440-07"].Zh, items["440-07"].En, items["440-07"].Rateable));
        Assert.True(items["enquiry"].Rateable);
    }

    [Fact]
    public async Task A_service_item_twice_or_neither_yes_nor_no_stores_nothing()
    {
        var outcome = await _trial.ImportAsync("Code,Name,Rated\na,A,\na,B,\nc,C,maybe\n", RegisterKind.ServiceItems);
        Assert.Equal([(3, "Code"), (4, "Rated")], outcome.Errors.Select(error => ((int)error.Row, error.Column!)));
        Assert.Empty(_trial.Bureau.Events);
    }

    [Fact]
    public async Task Staff_names_are_sealed_and_known_again()
    {
        const string Staff = "工号,姓名\n0017,林晓梅\n0018,陈建国\n";
        Assert.Equal(2, (await _trial.ImportAsync(Staff, RegisterKind.Staff)).Changes.Count);
        Assert.All(_trial.Bureau.Texts, text => Assert.DoesNotContain("林晓梅", Encoding.UTF8.GetString(text), StringComparison.Ordinal));
        Assert.Equal(2, (await _trial.ImportAsync(Staff, RegisterKind.Staff)).Unchanged);

        var outcome = await _trial.ImportAsync("工号,姓名\n0017,林小梅\n0018,陈建国\n", RegisterKind.Staff);

        var change = Assert.Single(outcome.Changes);
        Assert.Equal(("0017", "林晓梅", "林小梅"), (change.Code, change.Before, change.After));
        Assert.Equal(["0017", "0018"], _trial.Bureau.Current.Catalogue.Staff.Keys.Order());
    }

    [Fact]
    public async Task Staff_without_a_name_or_twice_store_nothing()
    {
        var outcome = await _trial.ImportAsync("Staff code,Name\n1,A\n１,B\n2,\n", RegisterKind.Staff);
        Assert.Equal([(3, "Staff code"), (4, "Name")], outcome.Errors.Select(error => ((int)error.Row, error.Column!)));
        Assert.Empty(_trial.Bureau.Events);
    }
}
