using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Grains.Notices;

namespace Feedback.Silo.Notices;

/// <summary>Links of notices, made by the public address.</summary>
internal sealed class PublicNoticeLinks(PublicAddress address) : INoticeLinks
{
    private const string Card = "/cases/";

    /// <inheritdoc/>
    public string Source => address.Text is { Length: > 0 } text ? text : "feedback";

    /// <inheritdoc/>
    public string? CardOf(string number) => Link(Card + Uri.EscapeDataString(number));

    /// <inheritdoc/>
    public string? TrackingOf(string trackingCode) => Link(FiledCaseView.TrackingPage + Uri.EscapeDataString(trackingCode));

    private string? Link(string path) => address.TryLink(path, out var link, out _) ? link.Url : null;
}
