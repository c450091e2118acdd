using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Catalogue;

public sealed class ServiceCatalogueTests
{
    [Fact]
    public void A_bureau_without_a_scheme_of_its_own_asks_about_the_four_built_in_dimensions()
    {
        Assert.Equal(["attitude", "timeliness", "ethics", "style"], ServiceCatalogue.Empty.Dimensions.Select(dimension => dimension.Code));
        Assert.Equal(["服务态度", "办事时限", "职业道德", "工作作风"], ServiceCatalogue.Empty.Dimensions.Select(dimension => dimension.Zh));
        Assert.Equal((0, 0), (ServiceCatalogue.Empty.Scheme, ServiceCatalogue.Empty.Version));
    }

    [Fact]
    public void A_scheme_replaces_the_one_before_and_its_version_is_its_events()
    {
        var after = Bureau.Catalogue.Apply(new SchemeDefined { Salt = Some.Salt, Dimensions = [new Dimension("overall", "整体", "Overall")] });
        Assert.Equal((4, 4), (after.Version, after.Scheme));
        Assert.True(after.HasDimension("overall"));
        Assert.False(after.HasDimension("attitude"));
    }

    [Fact]
    public void Other_definitions_leave_the_schemes_version() => Assert.Equal((3, 0), (Bureau.Catalogue.Version, Bureau.Catalogue.Scheme));

    [Fact]
    public void A_service_item_defined_again_holds_as_it_was_defined_last()
    {
        var after = Bureau.Catalogue.Apply(new ServiceItemDefined { Salt = Some.Salt, Code = "permit", Zh = "新许可", En = "New permit", Rateable = false });
        Assert.Equal(new ServiceItem("permit", "新许可", "New permit", Rateable: false), after.ServiceItems["permit"]);
        Assert.True(Bureau.Catalogue.ServiceItems["permit"].Rateable);
    }

    [Fact]
    public void Items_and_reasons_of_one_code_are_kept_apart()
    {
        var after = Bureau.Catalogue.Apply(new ReasonDefined { Salt = Some.Salt, Code = "permit", Zh = "证", En = "About a permit" });
        Assert.Equal(("Permit", "About a permit"), (after.ServiceItems["permit"].En, after.Reasons["permit"].En));
    }

    [Fact]
    public void Staff_is_found_by_code()
    {
        var registered = new StaffRegistered { Salt = Some.Salt, Code = "s-7", Name = new PersonalReference(Some.Bytes(1), Some.Bytes(2)) };
        Assert.Equal(registered, ServiceCatalogue.Empty.Apply(registered).Staff["s-7"]);
    }

    [Fact]
    public void An_event_of_another_stream_is_refused() =>
        Assert.Throws<UnknownKindException>(() => ServiceCatalogue.Empty.Apply(Some.Accepted()));
}
