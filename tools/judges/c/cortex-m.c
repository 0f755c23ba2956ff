// What a Cortex-M starts with: its stack, and the reset, which lets the processor compute with floats where it has a unit for them.

extern void _start(void);
extern char __stack;

static void reset(void) {
#ifdef __ARM_FP
  *(volatile unsigned *)0xE000ED88u |= 0xFu << 20;
  __asm__ volatile("dsb\n isb");
#endif
  _start();
}

__attribute__((section(".vectors"), used)) const void *const vectors[] = {&__stack, (const void *)reset};
