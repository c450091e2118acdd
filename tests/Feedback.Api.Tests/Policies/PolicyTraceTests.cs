using Feedback.Api.Tests.Support;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Audit;
using Feedback.Grains.Policies;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>Who sets policies and defines years leaves a trace before it is done, or it is not done.</summary>
[Collection(OneSite.Name)]
public sealed class PolicyTraceTests(RunningSite site)
{
    private static readonly PolicyActor Chief = new("account:chief", "chief", "192.0.2.7");
    private static readonly CalendarYear Year = new(2096, [new Holiday(new(2096, 1, 2))], [], "the notice");

    [Fact]
    public async Task Every_act_is_recorded_before_it_is_done_with_its_day_and_document()
    {
        var (trail, hall) = (new Trail(), new NodeId((await site.NewHallAsync()).Id));
        var (changes, day) = (new PolicyChanges(site.Bureau, trail, site.Clock), Some.Day(-3));
        trail.Before = _ => trail.Look(!site.Bureau.Current.Policies.At(hall, "feedback").Any());

        var (set, refusal) = await changes.SetAsync(new PolicyDraft(hall, "feedback", day, """ {"attempts": 4} """, NodeScope.Everywhere), Chief);
        Assert.Null(refusal);
        trail.Before = _ => trail.Look(!site.Bureau.Current.Policies.Calendar.Knows(2096));
        Assert.Null(await changes.DefineAsync(Year, Chief));

        Assert.Equal(
            [
                new AuditEntry("policy.set", "account:chief") { Target = "policy:feedback", Node = hall, Reason = $"{day:yyyy-MM-dd} {{\"attempts\":4}}", Address = "192.0.2.7" },
                new AuditEntry("calendar.defined", "account:chief") { Target = "calendar:2096", Reason = "the notice", Address = "192.0.2.7" },
            ],
            trail.Entries);
        Assert.Equal([true, true], trail.Undone);
        Assert.Equal((set!.Version, "chief"), site.Bureau.Current.Policies.At(hall, "feedback").Single() is var entry ? (entry.Version, entry.By) : default);
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_happen_and_what_is_refused_is_not_recorded_as_done()
    {
        var hall = new NodeId((await site.NewHallAsync()).Id);
        var trail = new Trail { Before = _ => throw new IOException("The trail cannot be written.") };
        var changes = new PolicyChanges(site.Bureau, trail, site.Clock);
        var draft = new PolicyDraft(hall, "feedback", null, """{"attempts":4}""", NodeScope.Everywhere);

        await Assert.ThrowsAsync<IOException>(() => changes.SetAsync(draft, Chief));
        await Assert.ThrowsAsync<IOException>(() => changes.DefineAsync(Year with { Year = 2097, Holidays = [new Holiday(new(2097, 1, 2))] }, Chief));
        Assert.Empty(site.Bureau.Current.Policies.At(hall, "feedback"));
        Assert.False(site.Bureau.Current.Policies.Calendar.Knows(2097));

        Assert.Equal("count-invalid", (await changes.SetAsync(draft with { Text = """{"attempts":0}""" }, Chief)).Refusal?.Code);
        Assert.Equal("calendar-empty", (await changes.DefineAsync(Year with { Holidays = [] }, Chief))?.Code);
        Assert.Empty(trail.Entries);
    }

    [Fact]
    public async Task Who_was_overtaken_after_the_record_leaves_the_refusal_beside_it()
    {
        var hall = new NodeId((await site.NewHallAsync()).Id);
        var trail = new Trail();
        var changes = new PolicyChanges(site.Bureau, trail, site.Clock);
        var draft = new PolicyDraft(hall, "feedback", null, """{"attempts":4}""", NodeScope.Everywhere, After: 0);
        trail.Before = async _ =>
        {
            trail.Before = _ => Task.CompletedTask;
            Assert.NotNull((await changes.SetAsync(draft with { Text = """{"attempts":5}""" }, Chief)).Set);
        };

        var (set, refusal) = await changes.SetAsync(draft, Chief);

        Assert.Equal((null, "policy-changed"), (set, refusal?.Code));
        Assert.Equal([("policy.set", false), ("policy.set", false), ("policy.set", true)], trail.Entries.Select(entry => (entry.Act, entry.Refused)));
        Assert.Equal("""{"attempts":5}""", Assert.Single(site.Bureau.Current.Policies.At(hall, "feedback")).Text);
    }

    [Fact]
    public async Task A_long_document_is_shortened_in_the_trail()
    {
        var hall = new NodeId((await site.NewHallAsync()).Id);
        var trail = new Trail();
        var names = string.Join(',', Enumerable.Range(0, 40).Select(n => $$"""{"code":"c{{n}}","zh":"分类","en":"Category"}"""));

        Assert.NotNull((await new PolicyChanges(site.Bureau, trail, site.Clock).SetAsync(
            new PolicyDraft(hall, "categories", null, $$"""{"categories":[{{names}}]}""", NodeScope.Everywhere), Chief)).Set);

        var reason = Assert.Single(trail.Entries).Reason!;
        Assert.Equal((501, '…'), (reason.Length, reason[^1]));
    }

    private sealed class Trail : IAudit
    {
        public List<AuditEntry> Entries { get; } = [];

        /// <summary>Whether nothing had been done when an entry came.</summary>
        public List<bool> Undone { get; } = [];

        public Func<AuditEntry, Task> Before { get; set; } = _ => Task.CompletedTask;

        public Task Look(bool undone)
        {
            Undone.Add(undone);
            return Task.CompletedTask;
        }

        public async Task RecordAsync(AuditEntry entry)
        {
            await Before(entry);
            Entries.Add(entry);
        }

        public void NoteRefusal(AuditEntry entry) => Entries.Add(entry);
    }
}
