using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class DutyRosterTests
{
    private const long Nine = Some.Morning;
    private const long Hour = 60 * Some.Minute;

    private readonly DutyRoster _roster = new();

    [Fact]
    public void Whoever_signed_in_is_rated_until_signing_out()
    {
        In("s-7", Nine);
        Out("s-7", Nine + Hour);
        Assert.Equal<string?[]>(["s-7", "s-7", null], [_roster.Attributed(Nine), _roster.Attributed(Nine + Hour - 1), _roster.At(Nine + Hour)]);
    }

    [Fact]
    public void Who_took_over_is_not_signed_out_by_the_one_before()
    {
        In("s-7", Nine);
        In("s-8", Nine + Hour);
        Out("s-7", Nine + (2 * Hour));
        Assert.Equal("s-8", _roster.Attributed(Nine + (3 * Hour)));
    }

    [Theory]
    [InlineData(-300_001, null)]
    [InlineData(-300_000, "s-7")]
    [InlineData(Hour + 300_000, "s-7")]
    [InlineData(Hour + 300_001, null)]
    public void Five_minutes_of_slack_on_either_side_are_allowed(long after, string? staff)
    {
        In("s-7", Nine);
        Out("s-7", Nine + Hour);
        Assert.Equal(staff, _roster.Attributed(Nine + after));
    }

    [Fact]
    public void Between_two_who_both_are_near_it_goes_to_who_left()
    {
        In("s-7", Nine);
        Out("s-7", Nine + Hour);
        In("s-8", Nine + Hour + (4 * Some.Minute));
        Assert.Equal("s-7", _roster.Attributed(Nine + Hour + (3 * Some.Minute)));
        Assert.Equal("s-8", _roster.Attributed(Nine + Hour + (4 * Some.Minute)));
    }

    [Fact]
    public void Slack_never_takes_a_rating_from_who_was_there()
    {
        In("s-7", Nine);
        In("s-8", Nine + Hour);
        Assert.Equal<string?[]>(["s-7", "s-8"], [_roster.Attributed(Nine + Hour - 1), _roster.Attributed(Nine + Hour)]);
    }

    [Fact]
    public void What_comes_in_late_finds_its_place()
    {
        In("s-8", Nine + (2 * Hour));
        In("s-7", Nine);
        Out("s-7", Nine + Hour);
        Assert.Equal<string?[]>(["s-7", null, "s-8"], [_roster.At(Nine), _roster.At(Nine + Hour), _roster.At(Nine + (2 * Hour))]);
    }

    [Fact]
    public void A_repeat_is_no_change()
    {
        In("s-7", Nine);
        Assert.Null(_roster.Change("s-7", Nine, Some.Salt));
        Assert.Null(_roster.Change(null, Nine - Hour, Some.Salt));
        Assert.IsType<StaffSignedOut>(_roster.Change(null, Nine + Hour, Some.Salt));
    }

    [Fact]
    public void Who_signs_in_again_stays_when_a_sign_out_from_before_comes_in_late()
    {
        In("s-7", Nine);
        _roster.Apply(_roster.Change("s-7", Nine + (4 * Hour), Some.Salt)!);
        _roster.Apply(_roster.Change(null, Nine + (3 * Hour), Some.Salt)!);
        Assert.Equal<string?[]>(["s-7", null, "s-7"], [_roster.At(Nine + Hour), _roster.At(Nine + (3 * Hour)), _roster.At(Nine + (5 * Hour))]);
    }

    [Fact]
    public void What_nobody_can_ask_for_any_more_is_forgotten_and_what_they_can_is_not()
    {
        for (var day = 0; day < 300; day++)
        {
            In("s-7", Nine + (day * Some.Day));
            Out("s-7", Nine + (day * Some.Day) + Hour);
        }

        Assert.InRange(_roster.Write().Count(letter => letter == '\n'), 180, 190);
        Assert.Equal("s-7", _roster.Attributed(Nine + (299 * Some.Day) + Hour - (90 * Some.Day)));
    }

    [Fact]
    public void A_terminal_gone_wild_fills_no_memory()
    {
        for (var i = 0; i < 20_000; i++)
            In(i % 2 == 0 ? "s-7" : "s-8", Nine + i);
        Assert.Equal(4096, _roster.Write().Count(letter => letter == '\n'));
        Assert.Equal("s-8", _roster.Attributed(Nine + 19_999));
    }

    [Fact]
    public void It_says_what_a_plain_search_says_however_late_and_shuffled_changes_come_and_is_read_as_it_was_written() => Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 60]).Array[0, 30], Gen.Int[-10, 70]).Sample(
        (changes, asked) =>
        {
            var (roster, signed) = (new DutyRoster(), new List<(long At, string? Staff)>());
            foreach (var (staff, minute) in changes)
            {
                var at = Nine + (minute * Some.Minute);
                if (roster.Change(staff == 0 ? null : $"s-{staff}", at, Some.Salt) is not { } happened)
                    continue;
                roster.Apply(happened);
                signed.RemoveAll(one => one.At == at);
                signed.Add((at, (happened as StaffSignedIn)?.Staff));
                roster = DutyRoster.Read(roster.Write());
            }

            var time = Nine + (asked * Some.Minute);
            return roster.Attributed(time) == Plain(signed, time);
        },
        iter: 20_000);

    private static string? Plain(List<(long At, string? Staff)> signed, long time)
    {
        string? At(long when) => signed.Where(one => one.At <= when).OrderBy(one => one.At).LastOrDefault().Staff;
        if (At(time) is { } present)
            return present;
        var left = signed.Where(one => one.At <= time && one.At >= time - (5 * Some.Minute)).OrderBy(one => one.At).LastOrDefault();
        if (left != default && At(left.At - 1) is { } gone)
            return gone;
        var next = signed.Where(one => one.At > time).OrderBy(one => one.At).FirstOrDefault();
        return next != default && next.At <= time + (5 * Some.Minute) ? next.Staff : null;
    }

    private void In(string staff, long at) => _roster.Apply(new StaffSignedIn { Salt = Some.Salt, Staff = staff, At = at });

    private void Out(string staff, long at) => _roster.Apply(new StaffSignedOut { Salt = Some.Salt, Staff = staff, At = at });
}
