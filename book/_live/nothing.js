// Stands for the front ends of ipywidgets 7, which no package here speaks to.
export default {};
