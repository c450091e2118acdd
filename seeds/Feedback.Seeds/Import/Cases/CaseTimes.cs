using Feedback.Domain.Time;

namespace Feedback.Seeds.Import.Cases;

/// <summary>Reads one time of a case by its mapping.</summary>
internal sealed class CaseTimes(CaseTimeMapping mapping, string zone)
{
    private readonly DateReader _reader = new(mapping.Format, HallZone.Get(mapping.Zone ?? zone));
    private readonly HallZone _zone = HallZone.Get(mapping.Zone ?? zone);

    /// <summary>The column.</summary>
    public string Column => mapping.Column;

    /// <summary>The format.</summary>
    public string Format => mapping.Format;

    /// <summary>The time; null where the text is none.</summary>
    public Moment? Read(string text)
    {
        if (_reader.Read(text) is not { } time)
            return null;
        var start = _zone.StartOf(_zone.LocalTime(time.UtcMilliseconds).Day);
        return mapping.MidnightIsDay && time.UtcMilliseconds == start ? time with { DateOnly = true } : time;
    }

    /// <summary>Whether a time lies before another: where only its day is known, the day decides.</summary>
    public bool IsBefore(Moment time, Moment other) => time.DateOnly
        ? _zone.LocalTime(time.UtcMilliseconds).Day < _zone.LocalTime(other.UtcMilliseconds).Day
        : time.UtcMilliseconds < other.UtcMilliseconds && !(other.DateOnly && _zone.LocalTime(time.UtcMilliseconds).Day == _zone.LocalTime(other.UtcMilliseconds).Day);
}
