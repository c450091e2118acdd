using System.Diagnostics;
using Feedback.Domain.Journal;
using Feedback.Grains.Tallies;
using Feedback.Grains.Telemetry;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;
using Span = System.Diagnostics.Activity;

namespace Feedback.Grains.Tests.Telemetry;

public sealed class SharedSpanTests
{
    [Fact]
    public void Where_nobody_listens_nothing_is_allocated_for_a_trace()
    {
        const int Events = 1000;
        var batch = new List<PendingClaim> { new(Opaque.FromBytes(new byte[16]), Some.Rating(), null, Some.Sender, new InFlight(1), 0) };
        Follow();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Events; n++)
            Follow();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Follow()
        {
            List<Span>? causes = null;
            WindowSpans.LeaveCaller();
            SharedSpan.Add(ref causes, WindowSpans.Cause());
            SharedSpan.Add(ref causes, ReportTelemetry.Cause());
            using var append = WindowSpans.Append(batch);
            using var report = ReportTelemetry.Report(causes, 1);
        }
    }

    [Fact]
    public void A_span_for_many_belongs_to_the_first_and_is_linked_with_all()
    {
        using var source = new ActivitySource(nameof(SharedSpanTests));
        using var listener = Listen(source);
        var causes = Enumerable.Range(0, 3).Select(_ => NewTrace(source)).ToList();

        using var shared = SharedSpan.Start(source, "shared", ActivityKind.Internal, causes)!;

        Assert.Equal((causes[0].TraceId, causes[0].SpanId), (shared.TraceId, shared.ParentSpanId));
        Assert.Equal(causes.Select(cause => cause.SpanId), shared.Links.Select(link => link.Context.SpanId));
        Assert.All(causes.Skip(1), cause => Assert.Equal(shared.SpanId, Assert.Single(cause.Links).Context.SpanId));
        Assert.Empty(causes[0].Links);
    }

    [Fact]
    public void The_causes_of_a_span_are_told_once_each_and_are_bounded()
    {
        using var source = new ActivitySource(nameof(SharedSpanTests));
        using var listener = Listen(source);
        List<Span>? causes = null;
        var first = NewTrace(source);

        SharedSpan.Add(ref causes, null);
        Assert.Null(causes);
        SharedSpan.Add(ref causes, first);
        SharedSpan.Add(ref causes, first);
        Assert.Single(causes!);
        for (var n = 0; n < 2 * SharedSpan.MostCauses; n++)
            SharedSpan.Add(ref causes, NewTrace(source));

        Assert.Equal(SharedSpan.MostCauses, causes!.Count);
    }

    [Fact]
    public void A_trace_that_is_not_recorded_is_no_cause()
    {
        using var source = new ActivitySource(nameof(SharedSpanTests));
        using var listener = Listen(source, ActivitySamplingResult.PropagationData);
        using var current = source.StartActivity("propagated");

        Assert.NotNull(Span.Current);
        Assert.Null(SharedSpan.Cause(source));
    }

    private static ActivityListener Listen(ActivitySource source, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = one => ReferenceEquals(one, source),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static Span NewTrace(ActivitySource source)
    {
        Span.Current = null;
        var span = source.StartActivity("cause")!;
        Span.Current = null;
        return span;
    }
}
