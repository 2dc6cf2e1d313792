import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns switches over types into chains of {@code instanceof} that do the same. javac leaves such a switch to
 * {@link java.lang.runtime.SwitchBootstraps#typeSwitch}, for which the JVM makes a class at every start: the start-up
 * cache of JDK 25 can not keep it, and a command that meets twenty of them is a tenth slower.
 */
final class PlainTypeSwitches {
    private static final String NAME = "typeSwitch";

    private final ClassModel model;
    private final List<InvokeDynamicInstruction> found = new ArrayList<>();

    private PlainTypeSwitches(ClassModel model) {
        this.model = model;
    }

    /** @param loader finds the classes that this one mentions */
    static byte[] in(byte[] classFile, ClassLoader loader) {
        ClassFile format = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
        ClassModel model = format.parse(classFile);
        PlainTypeSwitches switches = new PlainTypeSwitches(model);
        byte[] transformed = format.transformClass(
                model,
                ClassTransform.transformingMethodBodies(switches::call)
                        .andThen(ClassTransform.endHandler(switches::addChains)));
        return switches.found.isEmpty() ? classFile : transformed;
    }

    private void addChains(ClassBuilder builder) {
        for (int i = 0; i < found.size(); i++) {
            List<ClassDesc> labels = labels(found.get(i));
            builder.withMethodBody(
                    NAME + "$" + i,
                    found.get(i).typeSymbol(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> chain(code, labels));
        }
    }

    private void call(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction dynamic && isTypeSwitch(dynamic)) {
            boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
            MethodTypeDesc type = dynamic.typeSymbol();
            code.invokestatic(model.thisClass().asSymbol(), NAME + "$" + found.size(), type, isInterface);
            found.add(dynamic);
        } else if (!(element instanceof RuntimeVisibleTypeAnnotationsAttribute)) {
            // Those of local variables name places in the code that are not moved with it, and nothing reads them.
            code.with(element);
        }
    }

    /** Labels may be constants, too; a switch with any of those stays as it is. */
    private static boolean isTypeSwitch(InvokeDynamicInstruction dynamic) {
        DirectMethodHandleDesc bootstrap = dynamic.bootstrapMethod();
        return bootstrap.owner().descriptorString().equals("Ljava/lang/runtime/SwitchBootstraps;")
                && bootstrap.methodName().equals(NAME)
                && dynamic.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
    }

    private static List<ClassDesc> labels(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapArgs().stream().map(ClassDesc.class::cast).toList();
    }

    /** Parameters: the value, and the first label to try. Result: the label's index, their number for none, -1 for null. */
    private static void chain(CodeBuilder code, List<ClassDesc> labels) {
        Label present = code.newLabel();
        code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf(labels.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }
}
