using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Policies;

/// <summary>Tells readers which policies hold at a node, where they come from and what is planned. Of nodes that they do not see they are told nothing.</summary>
public sealed class PolicyReading(IBureau bureau, AccessCheck access)
{
    private const int MostPlanned = 50;

    /// <summary>All subjects at a node, today.</summary>
    public PolicyList All(Node node, NodeScope scope)
    {
        var at = new Place(bureau.Current, access.ViewOf(scope), node);
        return new PolicyList(NodeLabel.Of(node, at.View), at.Today, [.. PolicySubjects.All.Select(subject => at.ViewOf(subject, at.Today))]);
    }

    /// <summary>One subject at a node on a day; null for today at the node.</summary>
    public SinglePolicy One(Node node, NodeScope scope, IPolicySubject subject, DateOnly? day)
    {
        var at = new Place(bureau.Current, access.ViewOf(scope), node);
        return new SinglePolicy(NodeLabel.Of(node, at.View), day ?? at.Today, at.ViewOf(subject, day ?? at.Today));
    }

    private sealed class Place(BureauState state, ReaderView view, Node node)
    {
        public ReaderView View => view;

        public DateOnly Today => view.TodayAt(node);

        public PolicyView ViewOf(IPolicySubject subject, DateOnly day)
        {
            var held = At(subject, day);
            return new PolicyView(
                subject.Word, held.Source, held.SetAt, held.Entry?.From, held.Entry?.Version ?? 0,
                state.Policies.LastDecision(state.Tree.LineOn(node.Id, Today), subject.Word), held.Withheld, held.Document, [.. PlannedAfter(subject, day).Take(MostPlanned)]);
        }

        // A day on which something changes at this node or above counts only when another document holds here from it on.
        private IEnumerable<PlannedPolicy> PlannedAfter(IPolicySubject subject, DateOnly day)
        {
            var before = At(subject, day).Entry?.Version;
            var days = state.Tree.LineOn(node.Id, day).SelectMany(above => state.Policies.At(above.Id, subject.Word)).Select(entry => entry.From);
            foreach (var from in days.Where(from => from > day).Distinct().Order())
            {
                var held = At(subject, from);
                if (held.Entry?.Version != before)
                    yield return new PlannedPolicy(from, held.Source, held.SetAt, held.Entry?.Version ?? 0, held.Withheld, held.Document);
                before = held.Entry?.Version;
            }
        }

        private (string Source, NodeLabel? SetAt, PolicyEntry? Entry, bool Withheld, JsonNode Document) At(IPolicySubject subject, DateOnly day)
        {
            if (state.Policies.FindEntry(state.Tree.LineOn(node.Id, day), subject, day) is not var (setAt, entry))
                return ("default", null, null, false, JsonNode.Parse(subject.DefaultText)!);
            var (document, withheld) = Shown(subject, entry.Text);
            return (
                setAt == node.Id ? "here" : "above",
                state.Tree.Find(setAt) is { } place && view.Sees(place) ? NodeLabel.Of(place, view) : null,
                entry, withheld, document);
        }

        // Routes that were set above lead to units of which this reader may know nothing.
        private (JsonNode Document, bool Withheld) Shown(IPolicySubject subject, string text)
        {
            if (!ReferenceEquals(subject, PolicySubjects.Routing) || view.Scope.IsEverywhere || !PolicySubjects.Routing.TryParse(text, out var routing, out _))
                return (JsonNode.Parse(text)!, false);
            var seen = new RoutingPolicy([.. routing.Routes.Where(route => Sees(route.Lead)).Select(route => route with { Assisting = [.. route.Assisting.Where(Sees)] })]);
            var shown = PolicySubjects.Routing.Write(seen);
            return (JsonNode.Parse(shown)!, shown != text);
        }

        private bool Sees(NodeId unit) => state.Tree.Find(unit) is { } found && view.Sees(found);
    }
}
