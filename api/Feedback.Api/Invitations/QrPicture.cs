using System.Globalization;
using System.Text;
using Feedback.Api.Addresses;
using QRCoder;

namespace Feedback.Api.Invitations;

/// <summary>QR codes (ISO/IEC 18004) as SVG, black on white whatever the page's colours, with the quiet zone that readers need.</summary>
public static class QrPicture
{
    // QRCoder's matrix has four modules of quiet zone on each side already.
    private const QRCodeGenerator.ECCLevel Level = QRCodeGenerator.ECCLevel.M;

    /// <summary>The modules of a link's code row by row, true for black.</summary>
    public static IReadOnlyList<IReadOnlyList<bool>> Modules(PublicLink link)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(link.Url, Level);
        return [.. code.ModuleMatrix.Select(row => row.Cast<bool>().ToArray())];
    }

    /// <summary>The code of a link, as an SVG document.</summary>
    public static string Svg(PublicLink link) => Svg(Modules(link));

    /// <summary>Modules, as an SVG document.</summary>
    internal static string Svg(IReadOnlyList<IReadOnlyList<bool>> modules)
    {
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                var from = x;
                while (x < modules.Count && modules[y][x])
                    x++;
                if (x > from)
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules.Count} {modules.Count}" shape-rendering="crispEdges"><rect width="{modules.Count}" height="{modules.Count}" fill="#fff"/><path fill="#000" d="{path}"/></svg>""");
    }

    /// <summary>The same as the address of a picture.</summary>
    public static string Address(PublicLink link) => "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(Svg(link)));
}
