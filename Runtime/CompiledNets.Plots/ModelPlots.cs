using CompiledNets.Execution;

namespace CompiledNets.Plots;

/// <summary>Pictures of networks.</summary>
public static class ModelPlots
{
    /// <summary>
    /// Draws a network: a box for each layer, and lines for what takes what. The longest way through it stands straight; shortcuts run
    /// beside it. The arguments are those of Keras's <c>plot_model</c>, in its order.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="toFile">The file; it ends in .png or .svg.</param>
    /// <param name="showShapes">Whether the shapes of what a layer takes and gives are shown.</param>
    /// <param name="showDtype">Whether the type of the numbers that it gives is shown.</param>
    /// <param name="showLayerNames">Whether names are shown beside the classes.</param>
    /// <param name="rankdir">The way the picture goes.</param>
    /// <param name="expandNested">Whether networks in the network are shown with their layers, in a frame.</param>
    /// <param name="dpi">Pixels of a PNG an inch; at 96 text is 12 pixels high. Default: 144.</param>
    /// <param name="showLayerActivations">Whether activations are shown, of layers that take one.</param>
    /// <param name="showTrainable">Whether it is shown what trains, of layers with weights.</param>
    /// <exception cref="ArgumentException">The file ends otherwise, or the picture would be too large for a PNG.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Plot(
        this Model model, string toFile = "model.png", bool showShapes = false, bool showDtype = false, bool showLayerNames = false,
        PlotDirection rankdir = PlotDirection.TopToBottom, bool expandNested = false, int dpi = 144, bool showLayerActivations = false,
        bool showTrainable = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        PictureFile.Check(toFile);
        ArgumentOutOfRangeException.ThrowIfLessThan(dpi, 1);
        var description = NetworkDescription.Of(model);
        var options = new NetworkPictureOptions(
            showShapes, showDtype, showLayerNames, rankdir, expandNested, showLayerActivations, showTrainable);
        var picture = new NetworkPicture(options, description, description.Graph!, layer => model.Layers[layer].Trainable);
        PictureFile.Write(toFile, picture.Size.Width, picture.Size.Height, dpi / 96f, picture.Draw);
    }
}
