using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>What stands at a place of a network's picture: a layer, or a network with layers of its own.</summary>
internal abstract class PictureBlock
{
    /// <summary>Its size.</summary>
    public abstract SKSize Size { get; }

    /// <summary>Draws it with its upper left corner at a place.</summary>
    public abstract void Draw(SKCanvas canvas, float x, float y);
}
