namespace CompiledNets;

/// <summary>One layer.</summary>
public abstract class ModelLayer
{
    /// <summary>Makes the handle.</summary>
    protected ModelLayer(Model model, int index)
    {
    }

    /// <summary>Weights.</summary>
    public IReadOnlyList<ModelWeight> Weights => [];

    /// <summary>Adapts.</summary>
    protected void AdaptMoments(System.Numerics.Tensors.Tensor<float> data, int axis, int[] shape)
    {
    }
}

/// <summary>One weight.</summary>
public sealed class ModelWeight;
