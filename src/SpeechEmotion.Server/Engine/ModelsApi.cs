using Microsoft.AspNetCore.Http.HttpResults;
using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Engine;

/// <summary><c>/api/v1/models</c>.</summary>
internal static class ModelsApi
{
    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/models", List).WithTags("models").WithName("ListModels")
            .WithSummary("The models on this machine, and those that can be had");
        return routes;
    }

    private static Ok<ModelList> List(RecognizerPool recognizers, ModelSearch models)
    {
        var found = models.List();
        var here = found.Select(model => ModelResource.Of(model, recognizers.Identity?.Hash));
        var missing = ModelCatalogue.Entries.Where(entry => found.All(model => model.Id != entry.Id)).Select(ModelResource.Of);
        return TypedResults.Ok(new ModelList(recognizers.Identity?.Id, [.. here, .. missing]));
    }
}
