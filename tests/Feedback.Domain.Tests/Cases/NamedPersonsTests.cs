using Feedback.Domain.Cases;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Who is complained of is often known only after a case came in.</summary>
public sealed class NamedPersonsTests
{
    private static readonly NamePersons Zhao = new(["s-7"]);
    private static readonly NamePersons Nobody = new([]);
    private static readonly NoteProgress Note = new(Text, Told: false);

    [Fact]
    public void Whoever_is_named_and_their_superior_take_no_further_step_and_others_work_on()
    {
        var desk = Open().Do(Head, Note).Do(Rated, Note).Do(Clerk, Zhao);
        Assert.Equal(["s-7"], desk.State.Persons);
        Assert.Equal(Clerk.Name, desk.State.Owner);
        Assert.Empty(desk.FollowUps);
        Assert.Equal(["recused", "recused"], new[] { Rated, Head }.Select(one => desk.Try(one, Note)));
        Assert.Equal("owner-recused", desk.Try(Supervisor, new NameOwner(Head)));
        desk.Do(Clerk, Note);
    }

    [Fact]
    public void An_owner_who_is_named_owns_it_no_more_and_supervision_above_names_another()
    {
        var desk = Open().Do(Supervisor, new NamePersons(["s-1"]));
        Assert.Null(desk.State.Owner);
        Assert.Null(desk.State.ToRow(desk.Deadlines).Owner);
        Assert.IsType<CaseOwnerReleased>(desk.Events[^1]);
        Assert.Equal<FollowUp>([new NameAnOwner(new("n2"))], desk.FollowUps);
        Assert.Equal("recused", desk.Try(Clerk, Note));
        Assert.Equal(Officer.Name, desk.Do(Supervisor, new NameOwner(Officer)).State.Owner);
    }

    [Fact]
    public void An_owner_who_leads_whoever_is_named_owns_it_no_more()
    {
        var desk = Open().Do(Supervisor, new NameOwner(Head)).Do(Head, Zhao);
        Assert.Null(desk.State.Owner);
        Assert.Equal("recused", desk.Try(Head, Note));
    }

    [Fact]
    public void An_owner_who_leads_the_unit_to_which_it_is_sent_owns_it_no_more()
    {
        var desk = Open(change: intake => intake with { Node = new("n7"), Lead = new("n7"), About = ["s-30"] }).Do(Supervisor, new NameOwner(Head));
        Assert.Equal(Head.Name, desk.State.Owner);
        desk.Do(Supervisor, new DispatchCase(Some.Hall, []));
        Assert.Null(desk.State.Owner);
        Assert.Equal<FollowUp>([new NameAnOwner(new("n2"))], desk.FollowUps);
        Assert.Equal("recused", desk.Try(Head, Note));
    }

    [Fact]
    public void Whoever_is_named_takes_the_place_of_those_named_before_and_whoever_was_rated_stays()
    {
        var desk = Open(CaseKind.BadRating, intake => intake with { About = ["s-2"] }).Do(Clerk, new NamePersons(["s-4", "s-3", "s-4"]));
        Assert.Equal(["s-3", "s-4", "s-7"], desk.State.Persons);
        Assert.Equal(["s-7"], desk.Do(Clerk, Nobody).State.Persons);
        Assert.Equal("recused", desk.Try(Rated, Note));
    }

    [Fact]
    public void Nobody_takes_their_own_name_or_that_of_their_staff_away()
    {
        var desk = Open().Do(Clerk, Zhao);
        Assert.Equal(["recused", "recused"], new[] { Rated, Head }.Select(one => desk.Try(one, Nobody)));
        desk.Do(Clerk, Nobody).Do(Rated, Note);
    }

    [Fact]
    public void Naming_the_same_persons_again_changes_nothing()
    {
        var desk = Open().Do(Clerk, Zhao);
        var before = desk.Events.Count;
        desk.Do(Clerk, Zhao);
        Assert.Equal(before, desk.Events.Count);
    }

    [Fact]
    public void Only_the_office_names_anybody()
    {
        Assert.Equal("step-not-yours", Open().Try(CaseActor.Citizen, Zhao));
        Assert.Equal("step-not-yours", Open(CaseKind.HotlineOrder).Try(CaseActor.City, Zhao));
        Assert.Equal("case-elsewhere", Open().Try(Stranger, Zhao));
    }
}
