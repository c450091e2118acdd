using System.Globalization;
using Feedback.Domain.Time;

namespace Feedback.Seeds.Import.Cases;

/// <summary>Turns the cells of rows into cases, by the mapping; tells everything that is wrong with a row, not the first thing only.</summary>
internal sealed class CaseRowReader
{
    private const int LongestNumber = 64;
    private const int LongestWord = 200;

    private readonly CaseMapping _mapping;
    private readonly IReadOnlyList<string> _header;
    private readonly CaseRowErrors _errors;
    private readonly CaseCells _cells;
    private readonly CaseCategories _categories;
    private readonly CasePaths _paths;
    private readonly long _now;
    private readonly CaseTimes _created, _closed;
    private readonly CaseTimes? _updated;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    public CaseRowReader(CaseMapping mapping, IReadOnlyList<string> header, CaseCategories categories, CasePaths paths, CaseRowErrors errors, long now)
    {
        (_mapping, _header, _categories, _paths, _errors, _now) = (mapping, header, categories, paths, errors, now);
        _cells = new CaseCells(mapping.Missing, header, errors);
        _created = new CaseTimes(mapping.Created, mapping.Zone);
        _closed = new CaseTimes(mapping.Closed, mapping.Zone);
        _updated = mapping.Updated is { } updated ? new CaseTimes(updated, mapping.Zone) : null;
    }

    /// <summary>Reads a row; null when something in it cannot be taken, which is told.</summary>
    public ReadCase? Read(CsvRow row)
    {
        var before = _errors.All.Count;
        if (row.Cells.Length < _header.Count || row.Cells.Skip(_header.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            _errors.Add(row.Number, null, "cells", row.Cells.Length.ToString(CultureInfo.InvariantCulture), _header.Count);
            return null;
        }

        var number = NumberOf(row);
        var opened = Time(row, _created, needed: true);
        var closed = ClosingOf(row, opened);
        var kind = _cells.Word(row, _mapping.Kind, LongestWord, CaseMappingCheck.KindOf, "complaint, suggestion, praise, question, finding");
        var channel = _cells.Word(row, _mapping.Channel, LongestWord, CaseMappingCheck.ChannelOf, "window, hotline, web, phone, paper, meeting, box, qr, api");
        var anonymous = _mapping.Anonymous is { } field
            && _cells.Word<bool>(row, field, LongestWord, word => word == CaseMappingCheck.Yes ? true : word == CaseMappingCheck.No ? false : null, "yes, no") == true;
        var category = _cells.Needed(row, _mapping.Category.Column, LongestWord);
        var (node, lead) = _paths.Of(row, _cells, LongestWord);
        return _errors.All.Count > before ? null
            : new ReadCase(row.Number, number!, kind!.Value, channel!.Value, _categories.Of(category!), opened!.Value, closed, anonymous, node!, lead!);
    }

    private string? NumberOf(CsvRow row)
    {
        var number = _cells.Needed(row, _mapping.Number.Column!, LongestNumber);
        if (number is not null && !_numbers.TryAdd(number, row.Number))
            _errors.Add(row.Number, _mapping.Number.Column, "number-twice", number, _numbers[number]);
        return number;
    }

    private Moment? ClosingOf(CsvRow row, Moment? opened)
    {
        var updated = _updated is null ? null : Time(row, _updated, needed: false);
        if (updated is { } changed && opened is { } first && _updated!.IsBefore(changed, first))
            Early(row, _updated, "updated-before-created");
        var before = _errors.All.Count;
        var closed = Time(row, _closed, needed: false);
        if (_cells.Needed(row, _mapping.Status.Column, LongestWord) is not { } status || _errors.All.Count > before)
            return null;
        if (_mapping.Status.Open.Contains(status))
        {
            if (closed is not null)
                _errors.Add(row.Number, _closed.Column, "closed-though-open", _cells.Optional(row, _closed.Column, LongestWord), status);
            return null;
        }

        if (!_mapping.Status.Closed.Contains(status))
        {
            _errors.Add(row.Number, _mapping.Status.Column, "status-unknown", status, string.Join(", ", _mapping.Status.Closed.Concat(_mapping.Status.Open)));
            return null;
        }

        if (closed is null && updated is null)
            _errors.Add(row.Number, _closed.Column, "closed-missing", status);
        else if (closed is { } last && opened is { } came && _closed.IsBefore(last, came))
            Early(row, _closed, "closed-before-created");
        return closed ?? updated;
    }

    private void Early(CsvRow row, CaseTimes late, string code) => _errors.Add(
        row.Number, late.Column, code, _cells.Optional(row, late.Column, LongestWord), _cells.Optional(row, _created.Column, LongestWord));

    private Moment? Time(CsvRow row, CaseTimes times, bool needed)
    {
        var text = needed ? _cells.Needed(row, times.Column, LongestWord) : _cells.Optional(row, times.Column, LongestWord);
        if (text is null)
            return null;
        var time = times.Read(text);
        if (time is null)
            _errors.Add(row.Number, times.Column, "time-unknown", text, times.Format);
        else if (time.Value.UtcMilliseconds > _now)
            _errors.Add(row.Number, times.Column, "time-in-future", text);
        return time;
    }
}
