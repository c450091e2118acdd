using System.Globalization;

namespace Feedback.Chaos.Tests.Results;

/// <summary>What one fault did, as measured; written into the table when its test ends.</summary>
public sealed class ResultRow
{
    private readonly Lock _guard = new();
    private readonly List<(string Name, string Value)> _measured = [];

    /// <summary>Notes what was measured; a name that was noted before gets the new value.</summary>
    /// <param name="name">What it is, for example "acknowledged" or "longest outage".</param>
    /// <param name="value">How much.</param>
    /// <param name="unit">Its unit, for example "s", "%" or "MB"; nothing for a count.</param>
    public void Measure(string name, double value, string unit = "")
    {
        var digits = unit.Length == 0 || Math.Abs(value) >= 100 ? "N0" : "0.##";
        Say(name, (value.ToString(digits, CultureInfo.InvariantCulture) + " " + unit).TrimEnd());
    }

    /// <summary>The same in words.</summary>
    public void Say(string name, string value)
    {
        lock (_guard)
        {
            var at = _measured.FindIndex(one => one.Name == name);
            if (at < 0)
                _measured.Add((name, value));
            else
                _measured[at] = (name, value);
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_guard)
            return string.Join("; ", _measured.Select(one => $"{one.Name} {one.Value}"));
    }
}
