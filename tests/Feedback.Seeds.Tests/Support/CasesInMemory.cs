using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Seeds.Tests.Support;

/// <summary>Imported cases without a journal; every event goes through its stored text, as it would in earnest.</summary>
internal sealed class CasesInMemory(Func<OrganisationTree> tree) : ICaseImport
{
    private readonly Dictionary<CaseId, CaseState> _states = [];
    private readonly HashSet<string> _numbers = [];
    private ulong _salts;

    /// <summary>Every case.</summary>
    public IReadOnlyCollection<CaseState> All => _states.Values;

    /// <summary>How many events were stored.</summary>
    public int Events { get; private set; }

    /// <summary>The sizes of the batches that came.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>After how many cases the next call breaks off; null for never.</summary>
    public int? BreakAfter { get; set; }

    public Task<ImmutableArray<CaseImportResult>> ImportAsync(string batch, IReadOnlyList<ImportedCase> cases, CancellationToken cancellation = default)
    {
        Batches.Add(cases.Count);
        var results = ImmutableArray.CreateBuilder<CaseImportResult>();
        foreach (var one in cases)
        {
            if (results.Count == BreakAfter)
            {
                BreakAfter = null;
                throw new IOException("The store went away.");
            }

            results.Add(Store(batch, one));
        }

        return Task.FromResult(results.ToImmutable());
    }

    private CaseImportResult Store(string batch, ImportedCase one)
    {
        var state = _states.GetValueOrDefault(one.Id) ?? new CaseState(one.Id);
        var context = new ImportContext(batch, tree(), () => new Opaque(++_salts));
        var decision = ImportedHistory.Decide(one, state, context);
        while (decision.Events is [CaseOpened opened, ..] && !_numbers.Add(opened.Intake.Number))
            decision = ImportedHistory.Decide(one, state, context = context with { Attempt = context.Attempt + 1 });
        foreach (var happened in decision.Events)
        {
            var read = EventText.Read(EventText.Write(happened));
            Assert.Equal(EventText.Write(happened), EventText.Write(read));
            state = state.Apply((CaseEvent)read);
            Events++;
        }

        _states[one.Id] = state;
        return CaseImportResult.Of(one.Id, decision);
    }
}
