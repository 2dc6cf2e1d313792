package dev.rollcall.sync;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BiConsumer;

/** A port that does what the real one does, unless a fault comes before it. */
final class Faults {
    private Faults() {}

    /** @param before gets each call's method name and arguments; what it throws is thrown instead of calling */
    static <T> T before(Class<T> port, T real, BiConsumer<String, Object[]> before) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, call, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            before.accept(call.getName(), arguments);
            try {
                return call.invoke(real, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }));
    }
}
