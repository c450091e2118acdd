using System.Globalization;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Import.Orders;

namespace Feedback.Seeds.Import.Matters;

/// <summary>Turns the cells of rows into matters; tells everything that is wrong with a row, not the first thing only.</summary>
internal sealed class MatterRowReader(MatterMapping mapping, IReadOnlyList<string> header, CaseRowErrors errors, long now)
{
    private const int LongestCode = 64;
    private const int LongestWord = 200;
    private const int LongestNode = 500;
    private const string Limits = "10wd, 10个工作日, 24h, 7d";

    private readonly CaseCells _cells = new(mapping.Missing, header, errors);
    private readonly CaseTimes _accepted = new(mapping.Accepted, mapping.Zone);
    private readonly CaseTimes _ended = new(mapping.Ended, mapping.Zone);
    private readonly Dictionary<(string Node, string Number), long> _numbers = [];

    /// <summary>Reads a row; null when something in it cannot be taken, which is told.</summary>
    public ReadMatter? Read(CsvRow row)
    {
        var before = errors.All.Count;
        if (row.Cells.Length < header.Count || row.Cells.Skip(header.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            errors.Add(row.Number, null, "cells", row.Cells.Length.ToString(CultureInfo.InvariantCulture), header.Count);
            return null;
        }

        var number = Needed(row, mapping.Number, LongestCode);
        var node = Needed(row, mapping.Node, LongestNode);
        if (number is not null && node is not null && !_numbers.TryAdd((node, number), row.Number))
            errors.Add(row.Number, mapping.Number.Column, "number-twice", number, _numbers[(node, number)]);
        var item = Needed(row, mapping.Item, LongestCode);
        var online = _cells.Word<bool>(row, mapping.Way, LongestWord, word => word switch { MatterMapping.Online => true, MatterMapping.Window => false, _ => null }, $"{MatterMapping.Window}, {MatterMapping.Online}");
        var accepted = TimeOf(row, _accepted, _cells.Needed(row, _accepted.Column, LongestWord));
        var (limit, visits) = (LimitOf(row), VisitsOf(row, mapping.Visits, TellMatter.MostVisits));
        var lawful = VisitsOf(row, mapping.LawfulVisits, visits ?? 0);
        var stage = _cells.Word<MatterStage>(row, mapping.Stage, LongestWord, word => MatterWords.StageOf(word), string.Join(", ", MatterWords.StageWords));
        var ended = EndOf(row, stage, accepted);
        var outcome = stage is null or MatterStage.Open ? null : Optional(row, mapping.Outcome, LongestCode) ?? stage.Value.Word();
        return errors.All.Count > before ? null
            : new ReadMatter(row.Number, number!, node!, item!, online!.Value, accepted!.Value.UtcMilliseconds, limit, visits, stage!.Value, ended, outcome, lawful);
    }

    // Where only the day of the end is known, it lies at the day's beginning, and not before the acceptance.
    private long? EndOf(CsvRow row, MatterStage? stage, Moment? accepted)
    {
        var cell = _cells.Optional(row, _ended.Column, LongestWord);
        if (stage is null)
            return null;
        if (stage == MatterStage.Open)
        {
            if (cell is not null)
                errors.Add(row.Number, _ended.Column, "closed-though-open", cell, stage.Value.Word());
            return null;
        }

        if (cell is null)
        {
            errors.Add(row.Number, _ended.Column, "closed-missing", stage.Value.Word());
            return null;
        }

        if (TimeOf(row, _ended, cell) is not { } ended || accepted is not { } began)
            return null;
        if (_ended.IsBefore(ended, began))
            errors.Add(row.Number, _ended.Column, "closed-before-created", cell, _cells.Optional(row, _accepted.Column, LongestWord));
        return Math.Max(ended.UtcMilliseconds, began.UtcMilliseconds);
    }

    private Moment? TimeOf(CsvRow row, CaseTimes times, string? text)
    {
        if (text is null)
            return null;
        var time = times.Read(text);
        if (time is null)
            errors.Add(row.Number, times.Column, "time-unknown", text, times.Format);
        else if (time.Value.UtcMilliseconds > now)
            errors.Add(row.Number, times.Column, "time-in-future", text);
        return time;
    }

    private string? LimitOf(CsvRow row)
    {
        if (Optional(row, mapping.Limit, LongestWord) is not { } text)
            return null;
        var limit = LimitWords.Read(text);
        if (limit is null)
            errors.Add(row.Number, mapping.Limit!.Column, "word-unknown", text, Limits);
        return limit;
    }

    private int? VisitsOf(CsvRow row, FieldMapping? field, int most)
    {
        if (Optional(row, field, LongestWord) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var visits) && visits <= most)
            return visits;
        errors.Add(row.Number, field!.Column, "word-unknown", text, string.Create(CultureInfo.InvariantCulture, $"0–{most}"));
        return null;
    }

    private string? Needed(CsvRow row, FieldMapping field, int longest) => field.Value ?? Translated(field, _cells.Needed(row, field.Column!, longest));

    private string? Optional(CsvRow row, FieldMapping? field, int longest) =>
        field is null ? null : field.Value ?? Translated(field, _cells.Optional(row, field.Column!, longest));

    private static string? Translated(FieldMapping field, string? text) => text is null ? null : field.Values?.GetValueOrDefault(text) ?? text;
}
