using System.Diagnostics.CodeAnalysis;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Addresses;

/// <summary>
/// The address under which kiosks and phones reach this service, and the only maker of links. What leaves this machine on
/// paper, in a message or in a QR code outlives it: so no link is made of an address that would not work out there.
/// </summary>
public sealed class PublicAddress
{
    /// <summary>An address for a service that was told none.</summary>
    public static readonly PublicAddress None = new(null, false);

    private readonly Refusal? _refusal;

    private PublicAddress(Uri? url, bool withinOneNetwork)
    {
        Url = url;
        _refusal = url is null ? new Refusal("public-url-missing") : Reaches.Of(Url!.IdnHost) switch
        {
            Reach.Everywhere => null,
            Reach.OneNetwork => withinOneNetwork ? null : new Refusal("public-url-private", null, Text),
            _ => new Refusal("public-url-local", null, Text),
        };
    }

    /// <summary>Scheme, host and port; null when the service was told none.</summary>
    public Uri? Url { get; }

    /// <summary>Whether it is reached by HTTPS, be that by itself or through a proxy.</summary>
    [MemberNotNullWhen(true, nameof(Url))]
    public bool IsHttps => Url?.Scheme == Uri.UriSchemeHttps;

    /// <summary>The address as people write it, without a slash at its end; empty when there is none.</summary>
    public string Text => Url?.GetLeftPart(UriPartial.Authority) ?? "";

    /// <summary>Reads the address that an operator gave.</summary>
    /// <param name="text">Such as <c>https://feedback.example.gov.cn</c>; null or empty for none.</param>
    /// <param name="withinOneNetwork">True when it was said that everybody who follows a link is in the same network.</param>
    /// <exception cref="FormatException">It is not http or https, or has more than a host and a port.</exception>
    public static PublicAddress Parse(string? text, bool withinOneNetwork)
    {
        if (string.IsNullOrWhiteSpace(text))
            return None;
        return Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? new PublicAddress(url, withinOneNetwork)
            : throw new FormatException($"'{text.Trim()}' is no public address; it looks like https://feedback.example.gov.cn, with neither a path nor a query.");
    }

    /// <summary>Makes the link to a page.</summary>
    /// <param name="path">The page's path from the root, such as <c>/w/n3</c>, with its query if it has one; already escaped.</param>
    /// <param name="link">The link.</param>
    /// <param name="refusal">Why there is none, and how to mend it.</param>
    /// <exception cref="ArgumentException">The path leads to another host.</exception>
    public bool TryLink(string path, [NotNullWhen(true)] out PublicLink? link, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = _refusal;
        link = refusal is null ? new PublicLink(At(path)) : null;
        return link is not null;
    }

    /// <summary>The address of a page for who is connected already: a redirect may lead to where no link would.</summary>
    internal string At(string path) => path.StartsWith('/')
        ? Text + path
        : throw new ArgumentException($"'{path}' is no path from the root.", nameof(path));

    /// <summary>
    /// The address at which a program that is connected already goes on: below the public one, or, where there is none, below the one
    /// by which it came. Only for the answer to that request, which nobody keeps.
    /// </summary>
    internal string Onwards(HttpRequest request, string path) => (Url is null ? $"{request.Scheme}://{request.Host}" : "") + At(path);
}

/// <summary>A link that works out there. What prints a link or draws a QR code takes one of these, and only <see cref="PublicAddress"/> makes them.</summary>
public sealed record PublicLink
{
    internal PublicLink(string url) => Url = url;

    /// <summary>The absolute URL.</summary>
    public string Url { get; }

    /// <summary>The absolute URL.</summary>
    public override string ToString() => Url;
}
