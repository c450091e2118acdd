using System.Text;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Policies;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Demo;

public sealed class DemoDistrictTests
{
    private readonly BureauInMemory _bureau = new();
    private readonly PersonalCipher _cipher = new(BureauSecrets.Generate());
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z"));

    private Task<DemoSite> EnsureAsync() => DemoDistrict.EnsureAsync(_bureau, _cipher, _clock);

    [Fact]
    public async Task The_district_has_3_halls_of_8_windows()
    {
        var site = await EnsureAsync();

        var tree = _bureau.Current.Tree;
        Assert.Equal(28, tree.Count);
        Assert.Equal([8, 8, 8], site.Halls.Select(hall => hall.Windows.Length));
        Assert.Equal(NodeKind.District, tree.Find(site.District)!.Kind);
        Assert.All(site.Halls, hall => Assert.Equal(site.District, tree.Find(hall.Id)!.ParentOn(DateOnly.MaxValue)));
        Assert.All(site.Windows, window => Assert.Equal(NodeKind.Window, tree.Find(window.Id)!.Kind));
        Assert.Equal(site.Halls[1].Windows[2].Id, tree.Find("qinghe/hall-2/w-03")!.Id);
        Assert.All(tree.Nodes, node => Assert.Equal("Asia/Shanghai", node.Zone.Id));
    }

    [Fact]
    public async Task What_windows_handle_and_who_sits_there_is_in_the_catalogue()
    {
        var site = await EnsureAsync();

        var catalogue = _bureau.Current.Catalogue;
        Assert.All(site.Windows, window => Assert.Contains(window.Staff, catalogue.Staff));
        Assert.All(site.Windows.SelectMany(window => window.ServiceItems), item => Assert.Contains(item, catalogue.ServiceItems));
        Assert.All(site.Reasons, reason => Assert.Contains(reason, catalogue.Reasons));
        Assert.Equal(24, site.Windows.Select(window => window.Staff).Distinct().Count());
    }

    [Fact]
    public async Task The_third_hall_counted_silence_by_a_rule_until_that_ended_and_no_other_did()
    {
        var site = await EnsureAsync();

        Assert.Equal([false, false, true], Counting(daysAgo: 365));
        Assert.Equal([false, false, true], Counting(daysAgo: 144));
        Assert.Equal([false, false, false], Counting(daysAgo: 143));

        IEnumerable<bool> Counting(int daysAgo)
        {
            var day = new DateOnly(2026, 3, 2).AddDays(-daysAgo);
            return site.Halls.Select(hall => _bureau.Current.Policies.Find(_bureau.Current.Tree.LineOn(hall.Windows[0].Id, day), PolicySubjects.DefaultRule, day).Document.Used);
        }
    }

    [Fact]
    public async Task A_second_start_appends_nothing_and_tells_the_same_site()
    {
        var first = await EnsureAsync();
        var appended = _bureau.Events.Count;

        var second = await EnsureAsync();

        Assert.Equal(appended, _bureau.Events.Count);
        Assert.Equal(first.Windows.Select(window => window.Id), second.Windows.Select(window => window.Id));
    }

    [Fact]
    public async Task A_hall_that_was_renamed_since_is_not_opened_again()
    {
        var site = await EnsureAsync();
        await _bureau.DecideAsync(Domain.Journal.StreamName.Organisation, _ => new([new NodeRenamed
        {
            Salt = default, Node = site.Halls[0].Id, Code = "north-hall", Zh = "北厅", En = "North Hall", From = new DateOnly(2026, 3, 3),
        }]));

        await EnsureAsync();

        Assert.Equal(28, _bureau.Current.Tree.Count);
    }

    [Fact]
    public async Task Names_of_staff_are_sealed_and_stand_in_no_event()
    {
        await EnsureAsync();

        Assert.Equal(24, _bureau.Personal.Count);
        Assert.Equal(24, _bureau.SubjectKeys.Count);
        var byRef = _bureau.Personal.ToDictionary(text => text.Ref);
        Assert.All(_bureau.Events.OfType<StaffRegistered>(), registered =>
        {
            var text = byRef[registered.Name.Ref];
            var name = _cipher.Open(text, _bureau.SubjectKeys.Single(key => key.Subject == text.Subject));
            Assert.Equal(PersonalKind.StaffName, text.Kind);
            Assert.Equal(PersonalText.Hash(text.Salt, name), registered.Name.Hash);
            Assert.All(_bureau.Texts, stored => Assert.DoesNotContain(name, Encoding.UTF8.GetString(stored), StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_decision_that_is_taken_again_leaves_one_district()
    {
        _bureau.Conflicts = 3;

        await EnsureAsync();

        Assert.Equal(28, _bureau.Current.Tree.Count);
    }

    [Fact]
    public async Task Every_Chinese_name_can_be_drawn_with_the_bundled_font()
    {
        await EnsureAsync();

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb2312 = Encoding.GetEncoding("gb2312", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        var names = _bureau.Current.Tree.Nodes.Select(node => node.Name.Zh)
            .Concat(_bureau.Current.Catalogue.ServiceItems.Values.Select(item => item.Zh))
            .Concat(_bureau.Current.Catalogue.Reasons.Values.Select(reason => reason.Zh));
        Assert.All(names, name => Assert.NotEmpty(gb2312.GetBytes(name)));
    }
}
