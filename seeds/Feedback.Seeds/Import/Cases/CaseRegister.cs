using System.Globalization;
using Feedback.Domain.Organisation;
using Feedback.Grains.Registers;
using Feedback.Seeds.Registers;

namespace Feedback.Seeds.Import.Cases;

/// <summary>Writes units that are missing as a register of the organisation.</summary>
internal static class CaseRegister
{
    public static async Task WriteAsync(IEnumerable<NamedPlace> places, string zone, CultureInfo culture, TextWriter to)
    {
        var columns = RegisterColumn.Of(RegisterKind.Organisation);
        await to.WriteLineAsync(string.Join(',', columns.Select(column => Cell(RegisterErrors.Heading(column, culture)))));
        foreach (var place in places)
            await to.WriteLineAsync(string.Join(',', columns.Select(column => Cell(TextOf(column, place, zone)))));
    }

    // Zones and opening hours are those of the unit above, but for the root.
    private static string TextOf(RegisterColumn column, NamedPlace place, string zone) => column.Id switch
    {
        "level" => (place.Parent.Length == 0 ? NodeKind.District : NodeKind.Unit).Word(),
        "parent" => place.Parent,
        "code" => place.Code,
        "name" => place.Zh,
        "english" => place.En,
        "zone" => place.Parent.Length == 0 ? zone : "",
        _ => "",
    };

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",;\t\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
