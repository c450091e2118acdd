using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Windows;
using Feedback.Grains.Windows;

namespace Feedback.Seeds.Import;

/// <summary>One import under way: rows become respondents, respondents become claims, claims are answered and counted.</summary>
internal sealed class ImportRun(
    ImportMapping mapping, string name, Places places, ClaimDelivery delivery, ErrorReport errors, IProgress<ImportProgress>? progress)
{
    private const int ClaimsAtOnce = 500;
    private const int RespondentsOpen = 10_000;

    private readonly Respondents _respondents = new(EvaluationImport.SourceOf(name));
    private readonly SortedDictionary<Origin, long> _origins = [];
    private readonly SortedDictionary<Grade, long> _grades = [];
    private long _rows, _settled, _accepted, _repeated;
    private DateOnly? _from, _to;

    /// <summary>What was done so far.</summary>
    public ImportOutcome Outcome => new()
    {
        Rows = _rows,
        Respondents = _respondents.Count,
        Accepted = _accepted,
        Repeated = _repeated,
        Rejected = errors.Count,
        NodesOpened = places.Opened,
        Origins = _origins.ToImmutableSortedDictionary(),
        Grades = _grades.ToImmutableSortedDictionary(),
        From = _from,
        To = _to,
    };

    /// <summary>Reads and stores everything.</summary>
    /// <exception cref="CsvBrokenException">The file cannot be read on; what stood before was stored.</exception>
    public async Task RunAsync(CsvRows csv, CancellationToken cancellation)
    {
        var reader = new RowReader(mapping, csv.Header, EvaluationImport.SourceOf(name));
        CsvBrokenException? broken = null;
        try
        {
            await foreach (var row in csv.ReadAsync(cancellation))
            {
                _rows++;
                await TakeAsync(row, reader);
                if (_respondents.Open >= RespondentsOpen + ClaimsAtOnce)
                    await StoreAsync(allRead: false, cancellation);
            }
        }
        catch (CsvBrokenException e)
        {
            broken = e;
            await errors.AddAsync(new RowError(e.Row, null, null, e.Message, "Mend the row, mostly its quotes; rows below it were not read. Then run the import again."));
        }

        while (_respondents.Open > 0)
            await StoreAsync(allRead: true, cancellation);
        progress?.Report(new ImportProgress(_rows, _respondents.Count, _settled, AllRead: true));
        if (broken is not null)
            throw broken;
    }

    private async Task TakeAsync(CsvRow row, RowReader reader)
    {
        RowError? error;
        try
        {
            error = _respondents.Add(reader.Read(row));
        }
        catch (RowErrorException e)
        {
            error = e.Error;
        }

        if (error is not null)
            await errors.AddAsync(error);
    }

    private async Task StoreAsync(bool allRead, CancellationToken cancellation)
    {
        var rows = _respondents.Close(ClaimsAtOnce);
        await places.EnsureAsync(rows.Select(row => new PlaceName(row.Hall, row.Window)));
        var claims = rows.ConvertAll(row => new EvaluationClaim(
            row.Said with { Window = places[new PlaceName(row.Hall, row.Window)] }, row.Matter, row.Comment));
        var results = await delivery.DeliverAsync(claims, cancellation);
        for (var i = 0; i < rows.Count; i++)
            await SettleAsync(rows[i], results[i]);
        progress?.Report(new ImportProgress(_rows, _respondents.Count, _settled, allRead));
    }

    private async Task SettleAsync(ReadRow row, ClaimResult result)
    {
        _settled++;
        if (result.Status is not (ClaimStatus.Accepted or ClaimStatus.Repeated))
        {
            await errors.AddAsync(Refused(row, result));
            return;
        }

        _ = result.Status == ClaimStatus.Accepted ? _accepted++ : _repeated++;
        _origins[row.Said.Origin] = _origins.GetValueOrDefault(row.Said.Origin) + 1;
        if (row.Said is { Origin: Origin.Active, Grade: { } grade })
            _grades[grade] = _grades.GetValueOrDefault(grade) + 1;
        _from = _from is null || row.Day < _from ? row.Day : _from;
        _to = _to is null || row.Day > _to ? row.Day : _to;
    }

    private RowError Refused(ReadRow row, ClaimResult result) => result switch
    {
        { Status: ClaimStatus.Conflicting } => new RowError(row.Row, mapping.Id.Column, row.Said.Id,
            $"The import '{name}' stored something else for this respondent before.", "What is stored is never changed: leave the row out, or exclude what was stored."),
        { Refusal.Code: "time-in-future" } => new RowError(row.Row, mapping.Date.Column, row.Said.OccurredAt.ToString(),
            "The date lies in the future.", "Mend the date, or the mapping's date.format."),
        { Refusal: { Code: "dimension-unknown" } refusal } => new RowError(row.Row, null, refusal.Value,
            "The bureau's forms do not ask about this dimension.", "Mend the mapping's dimensions, or define the dimension."),
        _ => new RowError(row.Row, result.Refusal?.Field, result.Refusal?.Value, $"The window did not take it: {result.Refusal?.Code}.", "Mend the value."),
    };
}
