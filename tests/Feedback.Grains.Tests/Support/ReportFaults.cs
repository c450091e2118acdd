using System.Collections.Concurrent;
using System.Collections.Immutable;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Tests.Support;

/// <summary>What happens to a report on its way to a tally.</summary>
internal enum ReportFault
{
    /// <summary>It arrives.</summary>
    None,

    /// <summary>It is taken and comes to nothing.</summary>
    Lost,

    /// <summary>It arrives twice.</summary>
    Doubled,

    /// <summary>The next one to the same tally overtakes it.</summary>
    Overtaken,

    /// <summary>It is refused, and has to be sent again.</summary>
    Refused,
}

/// <summary>Loses, doubles and reorders reports; counts all calls of grains.</summary>
internal sealed class ReportFaults(Activity activity) : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<ReportFault> _next = new();
    private readonly ConcurrentDictionary<object, ImmutableArray<ChildReport>> _late = new();

    /// <summary>True while every report is lost.</summary>
    public bool LoseAll { get; set; }

    /// <summary>The epoch in which windows speak from now on, as those of a silo of another release may; null for their own.</summary>
    public string? WindowEpoch { get; set; }

    /// <summary>What happens to the next reports, one after the other.</summary>
    public void OnNext(params ReadOnlySpan<ReportFault> faults)
    {
        foreach (var fault in faults)
            _next.Enqueue(fault);
    }

    /// <summary>Nothing more goes astray.</summary>
    public void Clear() => _next.Clear();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        using var call = activity.Begin();
        if (context.Grain is not ITallyGrain tally || context.MethodName != nameof(ITallyGrain.Report))
        {
            await context.Invoke();
            if (context.Grain is IWindowGrain && context.Result is ChildReport told)
                context.Result = told with { Epoch = WindowEpoch ?? told.Epoch };
            return;
        }

        var reports = (ImmutableArray<ChildReport>)context.Request.GetArgument(0)!;
        if (WindowEpoch is { } epoch)
            context.Request.SetArgument(0, reports = [.. reports.Select(report => report with { Epoch = epoch })]);
        switch (LoseAll ? ReportFault.Lost : _next.TryDequeue(out var fault) ? fault : ReportFault.None)
        {
            case ReportFault.Lost:
                break;
            case ReportFault.Refused:
                throw new IOException("Not taken.");
            case ReportFault.Overtaken when _late.TryAdd(context.Grain, reports):
                break;
            case ReportFault.Doubled:
                await tally.Report(reports);
                await context.Invoke();
                break;
            default:
                await context.Invoke();
                if (_late.TryRemove(context.Grain, out var late))
                    await tally.Report(late);
                break;
        }
    }
}
